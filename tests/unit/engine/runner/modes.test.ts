import { describe, expect, test } from 'vitest';
import { withJudgedAgain } from '../../../../src/core/again';
import type { JudgeWay } from '../../../../src/core/judge-way';
import { cellsOf, type Run } from '../../../../src/core/run';
import { runTask } from '../../../../src/engine/runner/runner';
import { FakeWorld, run, task } from './fake-ports';

const never = new AbortController().signal;

/** Runs it, then once more with what is asked of image a; gives back what the second run did. */
async function judgedIn(of: Run, way: JudgeWay): Promise<FakeWorld> {
  const world = new FakeWorld();
  await runTask(await task(of), world.ports, world.events, never);
  world.log.length = 0;
  const [image] = of.images;
  const cells = await cellsOf(of);
  const cellKeys = cells.filter(({ imageId }) => imageId === image!.id).map(({ key }) => key);
  const asked = withJudgedAgain(of, { imageId: image!.id, cellKeys, way, askedAt: 1 });
  const settled = new Map(
    [...world.cells].flatMap(([key, state]) => (state.status === 'done' ? [[key, state]] : [])),
  );
  await runTask(await task(asked, { settled }), world.ports, world.events, never);
  return world;
}

const saved = (world: FakeWorld) =>
  [...world.disk.keys()]
    .filter((key) => key.startsWith('verdict|sha-a'))
    .map((key) => key.split('|')[6]);

describe('another mode', () => {
  test.each(['select', 'consensus'] as const)('%s needs no weights of the judge', async (mode) => {
    const world = new FakeWorld();
    await runTask(await task(run({ judgeMode: mode })), world.ports, world.events, never);
    expect(world.log).not.toContain('weights judge');
    expect(world.log).not.toContain('load judge');
    expect([...world.verdicts.values()].map(({ status }) => status)).toEqual(['done', 'done']);
  });

  test('describes nothing again, and the first verdict stays beside the new one', async () => {
    const world = await judgedIn(run({ judgeMode: 'fuse' }), { mode: 'select' });
    expect(world.log.filter((line) => line.startsWith('ask'))).toEqual([]);
    expect(world.log.filter((line) => line.startsWith('save'))).toEqual(['save verdict']);
    expect(saved(world)).toEqual(['fuse', 'select']);
  });

  test('that checks asks every model about the one image alone', async () => {
    const world = await judgedIn(run({ judgeMode: 'fuse' }), { mode: 'verify' });
    expect(world.log.filter((line) => line.startsWith('check')).sort()).toEqual([
      'check one a',
      'check two a',
    ]);
    expect(saved(world)).toEqual(['fuse', 'verify']);
    expect(world.judged.at(-1)?.length).toBeGreaterThan(0);
  });

  test('that does not check asks none, in a run that does', async () => {
    const world = await judgedIn(run({ judgeMode: 'verify' }), { mode: 'fuse', order: 'reversed' });
    expect(world.log.filter((line) => line.startsWith('check'))).toEqual([]);
    expect(saved(world)).toEqual(['verify', 'fuse~reversed']);
  });
});

test('the judge is told by what models count, and other verdicts stay beside those', async () => {
  const world = new FakeWorld();
  const planned = run({ judgeMode: 'select' });
  await runTask(await task(planned), world.ports, world.events, never);
  expect(world.requests.map(({ calibrations }) => calibrations)).toEqual([undefined, undefined]);
  const said = { certain: 2, hedged: 0, rival: -1, silent: -1 };
  const calibrations = { one: { object: { said } } };
  const calibrated = [{ name: 'ab', calibrations, at: 5 }];
  const settled = new Map(
    [...world.cells].flatMap(([key, state]) => (state.status === 'done' ? [[key, state]] : [])),
  );
  const again = await task({ ...planned, calibrated }, { settled });
  await runTask(again, world.ports, world.events, never);
  expect(world.requests.slice(2)).toMatchObject([
    { calibrations, way: { mode: 'select', calibration: 'ab' } },
    { calibrations },
  ]);
  expect(saved(world)).toEqual(['select', 'select~by-ab']);
  // And nothing is judged twice.
  await runTask(again, world.ports, world.events, never);
  expect(world.requests).toHaveLength(4);
});
