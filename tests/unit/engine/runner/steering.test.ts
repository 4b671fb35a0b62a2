import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../src/core/errors';
import { runTask } from '../../../../src/engine/runner/runner';
import { Steering } from '../../../../src/engine/runner/steering';
import type { SettledCell } from '../../../../src/engine/runner/types';
import { FakeWorld, image, run, task } from './fake-ports';

const never = new AbortController().signal;
const pictures = (...names: string[]) => names.map(image);
const asks = (world: FakeWorld) => world.log.filter((line) => line.startsWith('ask'));
/** Lets everything happen that needs no more than promises. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

function settledIn(world: FakeWorld): Map<string, SettledCell> {
  return new Map(
    [...world.cells].flatMap(([key, state]) => (state.status === 'done' ? [[key, state]] : [])),
  );
}

describe('pause', () => {
  test('finishes what is being written, begins nothing, and goes on with the same workers', async () => {
    const world = new FakeWorld();
    const steering = new Steering();
    world.answer = ({ prompt }) => {
      steering.pause();
      return prompt;
    };
    const work = await task(run({ judgeMode: 'verify' }));
    const done = runTask(work, world.ports, world.events, never, steering);
    await settle();
    expect(asks(world)).toHaveLength(2);
    expect(world.statusOf(work.cells)).not.toContain('running');
    expect(world.alive.size).toBe(2);
    world.answer = ({ prompt }) => prompt;
    steering.goOn();
    await done;
    expect(world.statusOf(work.cells)).toEqual(Array(8).fill('done'));
    expect(world.loads.map(({ modelId }) => modelId).sort()).toEqual(['judge', 'one', 'two']);
  });

  test('a stop ends it', async () => {
    const world = new FakeWorld();
    const steering = new Steering();
    const controller = new AbortController();
    steering.pause();
    const done = runTask(await task(run()), world.ports, world.events, controller.signal, steering);
    await settle();
    controller.abort();
    await expect(done).rejects.toMatchObject({ code: 'aborted' });
    expect(world.alive.size).toBe(0);
  });
});

describe('a picture that somebody looks at', () => {
  test.each(['fuse', 'verify'] as const)('comes next, its verdict too (%s)', async (judgeMode) => {
    const world = new FakeWorld();
    const steering = new Steering();
    world.answer = ({ image: name, prompt }) => {
      if (name === 'a') steering.wanted = 'id-e';
      return prompt;
    };
    const images = pictures('a', 'b', 'c', 'd', 'e');
    const work = await task(run({ images, judgeMode }));
    await runTask(work, world.ports, world.events, never, steering);
    for (const model of ['one', 'two']) {
      const own = asks(world).filter((line) => line.includes(` ${model} `));
      expect(own.map((line) => line.split(' ')[2])).toEqual([
        'a',
        'a',
        'e',
        'e',
        'b',
        'b',
        'c',
        'c',
        'd',
        'd',
      ]);
    }
    const verdicts = world.log.filter((line) => line.startsWith('verdict'));
    expect(verdicts.slice(0, 2)).toEqual(['verdict id-a', 'verdict id-e']);
  });

  test('changing in every moment keeps nobody waiting for ever', async () => {
    const world = new FakeWorld();
    const steering = new Steering();
    const images = pictures('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j');
    let asked = 0;
    world.answer = async ({ model, prompt }) => {
      asked += 1;
      steering.wanted = `id-${'jcahbgdife'[asked % 10] ?? ''}`;
      for (let wait = model === 'one' ? 1 : 7; wait > 0; wait -= 1) await Promise.resolve();
      return prompt;
    };
    const work = await task(run({ images, judgeMode: 'verify' }));
    await runTask(work, world.ports, world.events, never, steering);
    expect(world.statusOf(work.cells)).toEqual(Array(40).fill('done'));
    expect(world.verdicts.size).toBe(10);
  });
});

describe('the end of a plan', () => {
  test.each(['fuse', 'verify'] as const)(
    'finishes what is begun, and the next one goes on with the same workers (%s)',
    async (judgeMode) => {
      const world = new FakeWorld();
      const steering = new Steering();
      world.answer = ({ image: name, prompt }) => {
        if (name === 'b') steering.endPlan();
        return prompt;
      };
      const before = run({ images: pictures('a', 'b', 'c'), judgeMode });
      const first = await task(before);
      await runTask(first, world.ports, world.events, never, steering);
      const done = settledIn(world);
      expect(done.size).toBeLessThan(12);
      expect(done.size).toBeGreaterThan(4);
      expect(world.statusOf(first.cells)).not.toContain('running');
      expect(world.alive.size).toBeGreaterThan(1);

      world.answer = ({ prompt }) => prompt;
      steering.beginPlan();
      const after = await task({ ...before, images: pictures('a', 'b', 'c', 'd') });
      await runTask({ ...after, settled: done }, world.ports, world.events, never, steering);
      expect(world.statusOf(after.cells)).toEqual(Array(16).fill('done'));
      expect(new Set(asks(world)).size).toBe(asks(world).length);
      expect(world.loads.map(({ modelId }) => modelId).sort()).toEqual(['judge', 'one', 'two']);
      expect(world.log.filter((line) => line === 'save verdict')).toHaveLength(4);
      expect(world.alive.size).toBe(0);
    },
  );

  test('ends workers that have nothing to do in the next', async () => {
    const world = new FakeWorld();
    const steering = new Steering();
    world.answer = ({ prompt }) => {
      steering.endPlan();
      return prompt;
    };
    const before = run({ judge: null });
    await runTask(await task(before), world.ports, world.events, never, steering);
    steering.beginPlan();
    const only = await task({ ...before, models: before.models.slice(0, 1) });
    world.answer = ({ prompt }) => prompt;
    await runTask(
      { ...only, settled: settledIn(world) },
      world.ports,
      world.events,
      never,
      steering,
    );
    expect(asks(world).filter((line) => line.startsWith('ask two'))).toHaveLength(1);
    expect(world.alive.size).toBe(0);
  });

  test('a stop in it is a stop', async () => {
    const world = new FakeWorld();
    const steering = new Steering();
    const controller = new AbortController();
    world.answer = ({ prompt }) => {
      steering.endPlan();
      controller.abort();
      return prompt;
    };
    await expect(
      runTask(await task(run()), world.ports, world.events, controller.signal, steering),
    ).rejects.toMatchObject({ code: 'aborted' });
    expect(world.alive.size).toBe(0);
  });
});

test('a model that is dismissed ends at once, the others go on', async () => {
  const world = new FakeWorld();
  const steering = new Steering();
  world.answer = ({ model, prompt }) => {
    if (model === 'two') steering.dismiss('two');
    return prompt;
  };
  const work = await task(run({ judge: null }));
  await runTask(work, world.ports, world.events, never, steering);
  const states = world.statusOf(work.cells);
  expect(states.filter((_, index) => work.cells[index]?.modelId === 'one')).toEqual(
    Array(4).fill('done'),
  );
  expect(states.filter((_, index) => work.cells[index]?.modelId === 'two')).toEqual(
    Array(4).fill('waiting'),
  );
  expect(world.activities).toContainEqual(['two', { kind: 'skipped' }]);
});

describe('an answer that is none', () => {
  const LOOP = 'the cat the cat the cat the cat the cat';

  test('is asked for once more under a penalty; a good second one counts, and says so', async () => {
    const world = new FakeWorld();
    world.answer = ({ model, penalty }) =>
      model === 'one' && penalty === undefined ? LOOP : 'A cat.';
    const work = await task(run({ images: [image('a')], judge: null }));
    await runTask(work, world.ports, world.events, never);
    const said = work.cells.map(({ key }) => {
      const state = world.cells.get(key);
      return state?.status === 'done' ? state.description : undefined;
    });
    expect(said.map((one) => one?.text)).toEqual(Array(4).fill('A cat.'));
    expect(said.map((one) => one?.retriedFor)).toEqual([
      'repeated',
      'repeated',
      undefined,
      undefined,
    ]);
    expect(asks(world)).toHaveLength(6);
  });

  test('twice is kept with a mark', async () => {
    const world = new FakeWorld();
    world.answer = ({ penalty }) => (penalty === undefined ? LOOP : '!!!!!!');
    const work = await task(run({ images: [image('a')], judge: null }));
    await runTask(work, world.ports, world.events, never);
    expect(world.cells.get(work.cells[0]!.key)).toMatchObject({
      description: { text: LOOP, degenerate: 'repeated' },
    });
    expect(asks(world)).toHaveLength(8);
  });

  test('is not asked for a second time when the run was stopped', async () => {
    const world = new FakeWorld();
    const controller = new AbortController();
    world.answer = () => {
      queueMicrotask(() => controller.abort());
      return LOOP;
    };
    const work = await task(run({ judge: null }));
    await expect(
      runTask(work, world.ports, world.events, controller.signal),
    ).rejects.toBeInstanceOf(AppError);
    expect(world.disk.size).toBe(0);
  });
});
