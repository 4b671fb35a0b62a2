import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../src/core/errors';
import { runTask } from '../../../../src/engine/runner/runner';
import type { SettledCell } from '../../../../src/engine/runner/types';
import { FakeWorld, image, run, task } from './fake-ports';

const never = new AbortController().signal;
const verifying = (parts = {}) => run({ judgeMode: 'verify', ...parts });
const logOf = (world: FakeWorld, word: string) => world.log.filter((line) => line.startsWith(word));

function settledIn(world: FakeWorld): Map<string, SettledCell> {
  return new Map(
    [...world.cells].flatMap(([key, state]) => (state.status === 'done' ? [[key, state]] : [])),
  );
}

describe('the check pass', () => {
  test('asks every model about every claim, and the judge gets the answers', async () => {
    const world = new FakeWorld();
    world.check = ({ model }) => (model === 'one' ? 0.9 : 0.2);
    await runTask(
      await task(verifying({ images: [image('a')] })),
      world.ports,
      world.events,
      never,
    );
    const [checks = []] = world.judged;
    expect(checks.map(({ claimId, modelId, yes }) => [claimId, modelId, yes]).sort()).toEqual([
      ['cat', 'one', 0.9],
      ['cat', 'two', 0.2],
      ['dog', 'one', 0.9],
      ['dog', 'two', 0.2],
    ]);
  });

  test('needs no second look', async () => {
    const world = new FakeWorld();
    const images = ['a', 'b', 'c', 'd'].map(image);
    await runTask(await task(verifying({ images })), world.ports, world.events, never);
    expect(logOf(world, 'look')).toHaveLength(8);
    expect(logOf(world, 'check')).toHaveLength(8);
    expect(world.verdicts.size).toBe(4);
  });

  test('does not happen where support alone counts, or nobody judges', async () => {
    const world = new FakeWorld();
    await runTask(await task(run()), world.ports, world.events, never);
    await runTask(await task(verifying({ judge: null })), world.ports, world.events, never);
    expect(logOf(world, 'check')).toEqual([]);
  });

  test('saves every answer, and asks none again after a stop', async () => {
    const world = new FakeWorld();
    const controller = new AbortController();
    const work = await task(verifying({ images: [image('a')] }));
    world.onSave = (key) => {
      if (key.startsWith('verdict')) throw new AppError('quota-exceeded');
    };
    await expect(runTask(work, world.ports, world.events, controller.signal)).rejects.toMatchObject(
      { code: 'quota-exceeded' },
    );
    expect([...world.disk.values()].filter(({ kind }) => kind === 'check')).toHaveLength(4);
    world.onSave = () => undefined;
    world.log.length = 0;
    await runTask({ ...work, settled: settledIn(world) }, world.ports, world.events, never);
    expect(logOf(world, 'check')).toEqual([]);
    expect(world.verdicts.get('id-a')?.status).toBe('done');
  });

  test('is made up for where all descriptions were there before', async () => {
    const world = new FakeWorld();
    const fused = await task(run());
    await runTask(fused, world.ports, world.events, never);
    const work = { ...(await task(verifying())), settled: settledIn(world) };
    await runTask(work, world.ports, world.events, never);
    expect(logOf(world, 'check')).toHaveLength(4);
    expect(world.judged.slice(2).map((checks) => checks.length)).toEqual([4, 4]);
  });

  test('goes on without a model that is given up', async () => {
    const world = new FakeWorld();
    world.answer = ({ model }) => {
      if (model === 'two') throw new AppError('out-of-memory');
      return 'fine';
    };
    await runTask(await task(verifying()), world.ports, world.events, never);
    expect(world.judged.map((checks) => checks.map(({ modelId }) => modelId))).toEqual([
      ['one', 'one'],
      ['one', 'one'],
    ]);
  });

  test('leaves claims unchecked by a model whose worker fails twice at them', async () => {
    const world = new FakeWorld();
    world.check = ({ model, image: name }) => {
      if (model === 'one' && name === 'a') throw new AppError('worker-died');
      return 1;
    };
    await runTask(await task(verifying()), world.ports, world.events, never);
    expect(world.judged.map((checks) => checks.length).sort()).toEqual([2, 4]);
    expect(world.alive.size).toBe(0);
  });

  test('a stop in the middle of it ends the run at once', async () => {
    const world = new FakeWorld();
    const controller = new AbortController();
    world.claims = () => {
      controller.abort();
      return ['cat'];
    };
    const work = await task(verifying());
    await expect(runTask(work, world.ports, world.events, controller.signal)).rejects.toMatchObject(
      { code: 'aborted' },
    );
    expect(world.alive.size).toBe(0);
  });
});
