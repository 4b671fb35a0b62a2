import { afterAll, describe, expect, test } from 'vitest';
import type { CellState } from '../../../../src/core/cell';
import { AppError } from '../../../../src/core/errors';
import { runTask } from '../../../../src/engine/runner/runner';
import type { RunTask, SettledCell } from '../../../../src/engine/runner/types';
import { FakeWorld, image, run, task } from './fake-ports';

/**
 * The table of `docs/run-engine.md`: what each fault costs. The runner, its lanes and the judge's are the product's own; at the border
 * to the workers and to the disk stands what fails.
 */
const rows: string[] = [];
const images = ['a', 'b', 'c', 'd'].map(image);
const never = new AbortController().signal;

/** What the disk has, as the next visit reads it. */
function fromDisk({ cells }: RunTask, world: FakeWorld): Map<string, SettledCell> {
  const found = new Map<string, SettledCell>();
  for (const { key } of cells) {
    const record = world.disk.get(key);
    if (record?.kind === 'description')
      found.set(key, { status: 'done', description: record.description });
    if (record?.kind === 'failure') {
      const { error, attempts } = record;
      found.set(key, { status: 'failed', error, attempts });
    }
  }
  return found;
}

/** Counts how often each description was written to the disk. */
function countWrites(world: FakeWorld): ReadonlyMap<string, number> {
  const writes = new Map<string, number>();
  const ports = { ...world.ports };
  Object.assign(world.ports, {
    saveRecords: async (records: Parameters<typeof ports.saveRecords>[0]) => {
      await ports.saveRecords(records);
      for (const [key, { kind }] of records)
        if (kind === 'description') writes.set(key, (writes.get(key) ?? 0) + 1);
    },
  });
  return writes;
}

interface Seen {
  readonly done: number;
  readonly failed: number;
  readonly waiting: number;
  readonly restarts: number;
  readonly stoppedBy: string;
}

/** Does a run in which something fails, then goes on with it as the next visit would; checks what must hold always. */
async function suffer(name: string, arrange: (world: FakeWorld) => void): Promise<Seen> {
  const world = new FakeWorld();
  const writes = countWrites(world);
  const work = await task(run({ images }));
  // What was once shown as done must be on the disk afterwards.
  const shown = new Set<string>();
  const { cell } = world.events;
  const events = {
    ...world.events,
    cell: (key: string, state: CellState) => {
      cell(key, state);
      if (state.status === 'done') shown.add(key);
    },
  };
  arrange(world);
  let stoppedBy = '';
  await runTask(work, world.ports, events, never).catch((error: unknown) => {
    stoppedBy = error instanceof AppError ? error.code : String(error);
  });
  const statuses = world.statusOf(work.cells);
  const of = (status: string) => statuses.filter((one) => one === status).length;
  const restarts = world.activities.filter(([, { kind }]) => kind === 'restarting').length;
  const seen = {
    done: of('done'),
    failed: of('failed'),
    waiting: of('waiting'),
    restarts,
    stoppedBy,
  };
  expect(world.alive.size).toBe(0);
  expect(of('running')).toBe(0);

  // The next visit, with nothing in the way.
  world.answer = ({ prompt }) => prompt;
  world.onLoad = () => undefined;
  world.onSave = () => undefined;
  world.weights = () => undefined;
  const open = [...fromDisk(work, world)].filter(([, { status }]) => status === 'done');
  await runTask({ ...work, settled: new Map(open) }, world.ports, events, never);
  expect(world.statusOf(work.cells)).toEqual(Array(16).fill('done'));
  const lost = [...shown].filter((key) => world.disk.get(key)?.kind !== 'description').length;
  const twice = [...writes.values()].filter((count) => count > 1).length;
  expect([lost, twice]).toEqual([0, 0]);
  rows.push(`${name} | lost ${String(lost)} | twice ${String(twice)} | ${JSON.stringify(seen)}`);
  return seen;
}

afterAll(() => {
  if (process.env.FAULT_TABLE !== undefined) process.stdout.write(`${rows.join('\n')}\n`);
});

/** Throws at the n-th time alone. */
function once(code: ConstructorParameters<typeof AppError>[0], at = 1): () => void {
  let times = 0;
  return () => {
    times += 1;
    if (times === at) throw new AppError(code);
  };
}

describe('no finished cell is lost, and none is made twice', () => {
  test('when a worker is killed while it loads', async () => {
    const seen = await suffer('worker killed while loading', (world) => {
      world.onLoad = once('worker-died');
    });
    expect(seen).toMatchObject({ done: 16, restarts: 1, stoppedBy: '' });
  });

  test('when a worker is killed in the middle of an answer', async () => {
    const seen = await suffer('worker killed mid-token', (world) => {
      const die = once('worker-died', 5);
      world.answer = ({ prompt }) => {
        die();
        return prompt;
      };
    });
    expect(seen).toMatchObject({ done: 16, restarts: 1, stoppedBy: '' });
  });

  test('when a worker is killed between two cells', async () => {
    const seen = await suffer('worker killed between cells', (world) => {
      const die = once('worker-died', 3);
      const ports = { ...world.ports };
      Object.assign(world.ports, {
        vision: () => {
          const port = ports.vision();
          // Gone when it is asked next: nothing of that answer is begun.
          return {
            ...port,
            ask: async (...args: Parameters<typeof port.ask>) => {
              die();
              return port.ask(...args);
            },
          };
        },
      });
    });
    expect(seen).toMatchObject({ done: 16, restarts: 1, stoppedBy: '' });
  });

  test('when a worker is not heard of any more', async () => {
    const seen = await suffer('worker silent', (world) => {
      const fall = once('worker-silent', 4);
      world.answer = ({ prompt }) => {
        fall();
        return prompt;
      };
    });
    expect(seen).toMatchObject({ done: 16, restarts: 1, stoppedBy: '' });
  });

  test('when the GPU device is destroyed', async () => {
    const seen = await suffer('GPU device destroyed', (world) => {
      const lose = once('device-lost', 6);
      world.answer = ({ prompt }) => {
        lose();
        return prompt;
      };
    });
    expect(seen).toMatchObject({ done: 16, restarts: 1, stoppedBy: '' });
  });

  test('when a session runs out of memory after some pictures', async () => {
    const seen = await suffer('out of memory, once', (world) => {
      const runOut = once('out-of-memory', 6);
      world.answer = ({ prompt }) => {
        runOut();
        return prompt;
      };
    });
    expect(seen).toMatchObject({ done: 16, restarts: 1, stoppedBy: '' });
  });

  test('when a model never fits', async () => {
    const seen = await suffer('out of memory, always', (world) => {
      world.onLoad = ({ modelId }) => {
        if (modelId === 'two') throw new AppError('out-of-memory');
      };
    });
    expect(seen).toMatchObject({ done: 8, failed: 8, stoppedBy: '' });
  });

  test('when an image is corrupt', async () => {
    const seen = await suffer('corrupt image', (world) => {
      world.answer = ({ image: name, prompt }) => {
        if (name === 'b') throw new AppError('image-truncated');
        return prompt;
      };
    });
    expect(seen).toMatchObject({ done: 12, failed: 4, stoppedBy: '' });
  });

  test('when the journal’s write is refused', async () => {
    const seen = await suffer('journal write refused', (world) => {
      let writes = 0;
      world.onSave = () => {
        if ((writes += 1) > 7) throw new AppError('quota-exceeded');
      };
    });
    expect(seen).toMatchObject({ failed: 0, stoppedBy: 'quota-exceeded' });
    expect(seen.done).toBeGreaterThan(4);
  });

  test('when all that is tried fails', async () => {
    const seen = await suffer('everything fails', (world) => {
      world.answer = () => {
        throw new AppError('image-truncated');
      };
    });
    expect(seen).toMatchObject({ done: 0, stoppedBy: 'machine-failing' });
  });
});

test('a tab that is closed at any of ten moments loses nothing that was finished, and does nothing of it again', async () => {
  for (let moment = 1; moment <= 10; moment += 1) {
    const world = new FakeWorld();
    const writes = countWrites(world);
    const work = await task(run({ images }));
    let steps = 0;
    let isClosed = false;
    // The page is gone: nothing of it comes back any more, neither answers nor writes.
    const gone = new Promise<never>(() => undefined);
    const step = () => {
      steps += 1;
      isClosed ||= steps === moment * 3;
      return isClosed ? gone : undefined;
    };
    const counted = { ...world.ports };
    world.answer = async ({ prompt }) => {
      await step();
      return prompt;
    };
    const ports = {
      ...world.ports,
      saveRecords: async (records: Parameters<typeof counted.saveRecords>[0]) => {
        await step();
        await counted.saveRecords(records);
      },
    };
    void runTask(work, ports, world.events, never).catch(() => undefined);
    await expect.poll(() => isClosed).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 2));

    const before = fromDisk(work, world);
    world.answer = ({ prompt }) => prompt;
    await runTask({ ...work, settled: before }, world.ports, world.events, never);
    expect(world.statusOf(work.cells)).toEqual(Array(16).fill('done'));
    expect([...writes.values()]).toEqual(Array(16).fill(1));
    rows.push(
      `tab closed at step ${String(moment * 3)} | lost 0 | twice 0 | ${String(before.size)} kept`,
    );
  }
});
