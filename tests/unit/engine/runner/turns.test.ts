import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../src/core/errors';
import { runTask } from '../../../../src/engine/runner/runner';
import { Steering } from '../../../../src/engine/runner/steering';
import type { RunTask, SettledCell } from '../../../../src/engine/runner/types';
import type { Run } from '../../../../src/core/run';
import { FakeWorld, image, run, task } from './fake-ports';

const never = new AbortController().signal;
const VERIFY = run({ judgeMode: 'verify' });

/** A world that counts how many models were loaded at the same time. */
class SmallMachine extends FakeWorld {
  mostAtOnce = 0;

  constructor() {
    super();
    this.onLoad = ({ modelId }) => {
      const seeing = [...this.alive].filter((name) => name.startsWith('vision')).length;
      this.mostAtOnce = Math.max(this.mostAtOnce, seeing + Number(modelId === 'judge'));
    };
  }

  get loaded(): string[] {
    return this.loads.map(({ modelId }) => modelId);
  }
}

const oneByOne = (of: Run, parts: Partial<RunTask> = {}): Promise<RunTask> =>
  task(of, { together: 'one', lanes: 1, ...parts });

function settledIn(world: FakeWorld): Map<string, SettledCell> {
  return new Map(
    [...world.cells].flatMap(([key, state]) => (state.status === 'done' ? [[key, state]] : [])),
  );
}

async function ran(of: Run, world = new SmallMachine()): Promise<SmallMachine> {
  await runTask(await oneByOne(of), world.ports, world.events, never);
  return world;
}

describe('models that don’t fit into memory together', () => {
  test('are loaded one at a time, for all images, and the judge at the end', async () => {
    const world = await ran(run());
    expect(world.loaded).toEqual(['one', 'two', 'judge']);
    expect(world.mostAtOnce).toBe(1);
    expect(world.log.filter((line) => line.startsWith('ask'))).toEqual([
      'ask one a p',
      'ask one a q',
      'ask one b p',
      'ask one b q',
      'ask two a p',
      'ask two a q',
      'ask two b p',
      'ask two b q',
    ]);
    expect([...world.verdicts.values()].map(({ status }) => status)).toEqual(['done', 'done']);
    expect(world.alive.size).toBe(0);
  });

  test('come once more where claims are checked, the one that is loaded first', async () => {
    const world = await ran(VERIFY);
    expect(world.loaded).toEqual(['one', 'two', 'one', 'judge']);
    expect(world.mostAtOnce).toBe(1);
    expect(world.log.filter((line) => line.startsWith('check'))).toEqual([
      'check two a',
      'check two b',
      'check one a',
      'check one b',
    ]);
    expect(world.judged.map((checks) => checks.length)).toEqual([4, 4]);
  });

  test('leave the same on the disk as side by side', async () => {
    const together = new FakeWorld();
    await runTask(await task(VERIFY), together.ports, together.events, never);
    const world = await ran(VERIFY);
    expect([...world.disk.keys()].sort()).toEqual([...together.disk.keys()].sort());
  });

  test('the next one is fetched while one works', async () => {
    const world = await ran(run());
    const at = (line: string) => world.log.indexOf(line);
    expect(at('weights two')).toBeLessThan(at('ask one a p'));
  });

  test('a fetch ahead that fails is told when its turn comes', async () => {
    const world = new SmallMachine();
    world.weights = (model) => {
      if (model === 'two') throw new AppError('weights-missing', 'two');
    };
    await ran(VERIFY, world);
    const statuses = [...world.cells.values()].map(({ status }) => status);
    expect(statuses.filter((status) => status === 'done')).toHaveLength(4);
    expect(statuses.filter((status) => status === 'failed')).toHaveLength(4);
    expect(world.loaded).toEqual(['one', 'one', 'judge']);
  });

  test('of one that does not load the others’ claims are checked all the same', async () => {
    const world = new SmallMachine();
    world.onLoad = ({ modelId }) => {
      if (modelId === 'two') throw new AppError('out-of-memory', '');
    };
    await ran(VERIFY, world);
    expect(world.log.filter((line) => line.startsWith('check'))).toEqual([
      'check one a',
      'check one b',
    ]);
    expect([...world.verdicts.values()].map(({ status }) => status)).toEqual(['done', 'done']);
  });

  test('one that is left out before its turn is not loaded, and nobody waits for it', async () => {
    const world = new SmallMachine();
    const steering = new Steering();
    world.answer = ({ prompt }) => {
      steering.dismiss('two');
      return prompt;
    };
    const work = await oneByOne(VERIFY);
    const asOne = new Map(
      work.cells
        .filter(({ modelId }) => modelId === 'two')
        .map(({ key }) => [key, { status: 'skipped' } as const]),
    );
    await runTask({ ...work, settled: asOne }, world.ports, world.events, never, steering);
    expect(world.loaded).toEqual(['one', 'judge']);
    expect([...world.verdicts.values()].map(({ status }) => status)).toEqual(['done', 'done']);
  });

  test('a run that becomes another one goes on with the model that is loaded', async () => {
    const world = new SmallMachine();
    const steering = new Steering();
    world.answer = ({ model, image: name, prompt }) => {
      if (model === 'two' && name === 'a' && prompt === 'p') steering.endPlan();
      return prompt;
    };
    await runTask(await oneByOne(run()), world.ports, world.events, never, steering);
    expect(world.loaded).toEqual(['one', 'two']);
    const more = run({ images: ['a', 'b', 'c'].map(image) });
    steering.beginPlan();
    const next = await oneByOne(more, { settled: settledIn(world) });
    await runTask(next, world.ports, world.events, never, steering);
    expect(world.loaded).toEqual(['one', 'two', 'one', 'judge']);
    expect(world.mostAtOnce).toBe(1);
    expect(world.statusOf(next.cells)).toEqual(Array(12).fill('done'));
  });

  test('goes on after a stop in the second round without describing anything again', async () => {
    const world = new SmallMachine();
    const controller = new AbortController();
    world.check = () => {
      controller.abort();
      return 0.5;
    };
    const done = runTask(await oneByOne(VERIFY), world.ports, world.events, controller.signal);
    await expect(done).rejects.toMatchObject({ code: 'aborted' });
    expect(world.alive.size).toBe(0);
    world.check = () => 0.5;
    world.log.length = 0;
    const rest = await oneByOne(VERIFY, { settled: settledIn(world) });
    await runTask(rest, world.ports, world.events, never);
    expect(world.log.filter((line) => line.startsWith('ask'))).toEqual([]);
    expect([...world.verdicts.values()].map(({ status }) => status)).toEqual(['done', 'done']);
  });
});

test('a judge that does not fit beside the models begins when they have ended', async () => {
  const world = new FakeWorld();
  let seeing = -1;
  world.onLoad = ({ modelId }) => {
    if (modelId === 'judge')
      seeing = [...world.alive].filter((name) => name.startsWith('vision')).length;
  };
  const work = await task(VERIFY, { together: 'models' });
  await runTask(work, world.ports, world.events, never);
  expect(seeing).toBe(0);
  expect([...world.verdicts.values()].map(({ status }) => status)).toEqual(['done', 'done']);
});
