import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../src/core/errors';
import { withReplanned } from '../../../../src/core/replan';
import { runTask } from '../../../../src/engine/runner/runner';
import { FakeWorld, image, run, task } from './fake-ports';

const never = new AbortController().signal;

describe('a run', () => {
  test('fills every cell and judges every image', async () => {
    const world = new FakeWorld();
    const work = await task(run());
    await runTask(work, world.ports, world.events, never);
    expect(world.statusOf(work.cells)).toEqual(Array(8).fill('done'));
    expect([...world.verdicts.values()].map(({ status }) => status)).toEqual(['done', 'done']);
    expect(world.alive.size).toBe(0);
  });

  test('looks at an image once for all prompts of a model', async () => {
    const world = new FakeWorld();
    await runTask(await task(run()), world.ports, world.events, never);
    const looks = world.log.filter((line) => line.startsWith('look'));
    expect(looks.sort()).toEqual(['look one a', 'look one b', 'look two a', 'look two b']);
  });

  test('has the next image prepared while one is described', async () => {
    const world = new FakeWorld();
    const images = ['a', 'b', 'c'].map(image);
    await runTask(await task(run({ images })), world.ports, world.events, never);
    expect([...world.prepared].sort()).toEqual(['one b', 'one c', 'two b', 'two c']);
  });

  test('decodes each image in its turn where no core is free', async () => {
    const world = new FakeWorld();
    const images = ['a', 'b', 'c'].map(image);
    await runTask(
      await task(run({ images }), { looksAhead: false }),
      world.ports,
      world.events,
      never,
    );
    expect(world.prepared).toEqual([]);
    expect(world.cells.size).toBe(12);
  });

  test('judges the first image before the last one is described', async () => {
    const world = new FakeWorld();
    const images = ['a', 'b', 'c', 'd', 'e', 'f'].map(image);
    await runTask(await task(run({ images })), world.ports, world.events, never);
    const lastAsk = world.log.findLastIndex((line) => line.startsWith('ask'));
    expect(world.log.indexOf('verdict id-a')).toBeGreaterThan(0);
    expect(world.log.indexOf('verdict id-a')).toBeLessThan(lastAsk);
  });

  test('gives the judge every description of the image', async () => {
    const world = new FakeWorld();
    await runTask(await task(run({ images: [image('a')] })), world.ports, world.events, never);
    const state = world.verdicts.get('id-a');
    expect(state?.status === 'done' && state.verdict.caption).toBe(
      'one a p; one a q; two a p; two a q',
    );
  });

  test('does not do settled cells again, nor start a model that has none open', async () => {
    const world = new FakeWorld();
    const first = await task(run());
    await runTask(first, world.ports, world.events, never);
    world.log.length = 0;
    const settled = new Map(
      first.cells.flatMap(({ key }) => {
        const state = world.cells.get(key);
        return state?.status === 'done' ? [[key, state] as const] : [];
      }),
    );
    await runTask({ ...first, settled }, world.ports, world.events, never);
    expect(world.log).toEqual(['verdict id-a', 'verdict id-b']);
  });

  test('runs without a judge', async () => {
    const world = new FakeWorld();
    const work = await task(run({ judge: null }));
    await runTask(work, world.ports, world.events, never);
    expect(world.verdicts.size).toBe(0);
    expect(world.statusOf(work.cells)).toEqual(Array(8).fill('done'));
  });
});

describe('whose fault', () => {
  test('a bad image fails its own cells and the others finish', async () => {
    const world = new FakeWorld();
    world.answer = ({ image: name, model, prompt }) => {
      if (name === 'a') throw new AppError('image-truncated');
      return `${model} ${prompt}`;
    };
    const work = await task(run());
    await runTask(work, world.ports, world.events, never);
    expect(world.statusOf(work.cells)).toEqual([
      ...Array<string>(4).fill('failed'),
      ...Array<string>(4).fill('done'),
    ]);
    expect(world.verdicts.get('id-a')).toMatchObject({
      status: 'failed',
      error: { code: 'nothing-to-judge' },
    });
    expect(world.verdicts.get('id-b')?.status).toBe('done');
  });

  test('a worker that dies is replaced and its cell tried once more', async () => {
    const world = new FakeWorld();
    let deaths = 0;
    world.answer = ({ model, image: name, prompt }) => {
      if (model === 'one' && name === 'a' && prompt === 'q' && deaths++ === 0)
        throw new AppError('worker-died');
      return 'fine';
    };
    const work = await task(run());
    await runTask(work, world.ports, world.events, never);
    expect(world.statusOf(work.cells)).toEqual(Array(8).fill('done'));
    expect(world.log.filter((line) => line === 'load one')).toHaveLength(2);
    expect(world.log.filter((line) => line === 'ask one a p')).toHaveLength(1);
  });

  test('a cell whose worker dies twice fails, and the model goes on with the next cell', async () => {
    const world = new FakeWorld();
    world.answer = ({ model, image: name, prompt }) => {
      if (model === 'one' && name === 'a' && prompt === 'p') throw new AppError('worker-died');
      return 'fine';
    };
    const work = await task(run());
    await runTask(work, world.ports, world.events, never);
    expect(world.statusOf(work.cells)).toEqual(['failed', ...Array<string>(7).fill('done')]);
    expect(world.cells.get(work.cells[0]!.key)).toMatchObject({
      attempts: 2,
      error: { code: 'worker-died' },
    });
  });

  test('a model that does not fit fails all its cells and the other model finishes', async () => {
    const world = new FakeWorld();
    world.answer = ({ model }) => {
      if (model === 'two') throw new AppError('out-of-memory');
      return 'fine';
    };
    const work = await task(run());
    await runTask(work, world.ports, world.events, never);
    expect(world.statusOf(work.cells)).toEqual([
      'done',
      'done',
      'failed',
      'failed',
      'done',
      'done',
      'failed',
      'failed',
    ]);
    expect(world.verdicts.get('id-a')?.status).toBe('done');
  });

  test('a heap that ran full over the pictures is emptied by a new worker, and the run goes on', async () => {
    const world = new FakeWorld();
    let isFull = true;
    world.answer = ({ model, image: name }) => {
      if (model === 'one' && name === 'b' && isFull) {
        isFull = false;
        throw new AppError('out-of-memory');
      }
      return 'fine';
    };
    const work = await task(run());
    await runTask(work, world.ports, world.events, never);
    expect(world.statusOf(work.cells)).toEqual(Array(8).fill('done'));
    expect(world.loads.filter(({ modelId }) => modelId === 'one')).toHaveLength(2);
    expect(world.activities).toContainEqual([
      'one',
      { kind: 'restarting', error: { code: 'out-of-memory', detail: '' } },
    ]);
  });

  test('a model that runs out of memory in a new worker too keeps what it has answered', async () => {
    const world = new FakeWorld();
    world.answer = ({ model, prompt }) => {
      if (model === 'one' && prompt === 'q') throw new AppError('out-of-memory');
      return 'fine';
    };
    const work = await task(run({ judge: null }));
    await runTask(work, world.ports, world.events, never);
    expect(world.statusOf(work.cells)).toEqual([
      ...['done', 'failed', 'done', 'done'],
      ...['failed', 'failed', 'done', 'done'],
    ]);
    expect(world.loads.filter(({ modelId }) => modelId === 'one')).toHaveLength(2);
    expect(world.disk.get(work.cells[0]!.key)?.kind).toBe('description');
  });

  test('a device that is lost once is asked for again; lost twice it is not there for this model', async () => {
    const world = new FakeWorld();
    let losses = 0;
    world.answer = ({ model, image: name }) => {
      const isLost = model === 'one' && (name === 'b' || losses === 0);
      if (isLost) throw new AppError('device-lost', String((losses += 1)));
      return 'fine';
    };
    const work = await task(run({ judge: null }));
    await runTask(work, world.ports, world.events, never);
    expect(world.statusOf(work.cells)).toEqual([
      ...['done', 'done', 'done', 'done'],
      ...['failed', 'failed', 'done', 'done'],
    ]);
    expect(losses).toBe(3);
    expect(world.activities.at(-1)).not.toMatchObject(['one', { kind: 'restarting' }]);
    expect(world.activities.filter(([id, { kind }]) => id === 'one' && kind === 'failed')).toEqual([
      ['one', { kind: 'failed', error: { code: 'device-lost', detail: '3' } }],
    ]);
  });

  test('a judge that does not fit is not started again for every picture', async () => {
    const world = new FakeWorld();
    world.onLoad = ({ modelId }) => {
      if (modelId === 'judge') throw new AppError('out-of-memory');
    };
    const work = await task(run());
    await runTask(work, world.ports, world.events, never);
    expect(world.loads.filter(({ modelId }) => modelId === 'judge')).toHaveLength(1);
    for (const id of ['id-a', 'id-b'])
      expect(world.verdicts.get(id)).toMatchObject({
        status: 'failed',
        error: { code: 'out-of-memory' },
      });
    expect(world.activities.filter(([id]) => id === 'judge').at(-1)).toMatchObject([
      'judge',
      { kind: 'failed' },
    ]);
  });

  test('weights that do not come fail the model, not the run', async () => {
    const world = new FakeWorld();
    world.weights = (model) => {
      if (model === 'one') throw new AppError('network');
    };
    const work = await task(run());
    await runTask(work, world.ports, world.events, never);
    expect(world.statusOf(work.cells).filter((status) => status === 'failed')).toHaveLength(4);
  });

  test('an empty answer is a failure, not a description', async () => {
    const world = new FakeWorld();
    world.answer = ({ prompt }) => (prompt === 'p' ? '  \n' : 'fine');
    const work = await task(run({ images: [image('a')] }));
    await runTask(work, world.ports, world.events, never);
    expect(world.statusOf(work.cells)).toEqual(['failed', 'done', 'failed', 'done']);
  });

  test('ten failures in a row stop the run and say so', async () => {
    const world = new FakeWorld();
    world.answer = () => {
      throw new AppError('image-truncated');
    };
    const images = Array.from({ length: 20 }, (_, index) => image(String(index)));
    const work = await task(run({ images }));
    await expect(runTask(work, world.ports, world.events, never)).rejects.toMatchObject({
      code: 'machine-failing',
    });
    expect(world.statusOf(work.cells).filter((status) => status === 'failed').length).toBeLessThan(
      14,
    );
    expect(world.statusOf(work.cells)).not.toContain('running');
    expect(world.alive.size).toBe(0);
  });

  test.each(['source-permission', 'source-gone'] as const)(
    'ten pictures of a folder in a row with %s stop the run, and the machine is not blamed',
    async (code) => {
      const world = new FakeWorld();
      const imageBlob = () => Promise.reject(new AppError(code, 'trip'));
      const images = Array.from({ length: 20 }, (_, index) => image(String(index)));
      const work = await task(run({ images }));
      await expect(
        runTask(work, { ...world.ports, imageBlob }, world.events, never),
      ).rejects.toMatchObject({ code: 'source-failing', detail: `${code} trip` });
    },
  );

  test('a full disk stops the run and leaves the unsaved cell waiting', async () => {
    const world = new FakeWorld();
    world.onSave = () => {
      throw new AppError('quota-exceeded');
    };
    const work = await task(run());
    await expect(runTask(work, world.ports, world.events, never)).rejects.toMatchObject({
      code: 'quota-exceeded',
    });
    expect(new Set(world.statusOf(work.cells))).toEqual(new Set(['waiting']));
  });
});

describe('a model that goes on in another form', () => {
  const Q4 = { id: 'one', revision: 'r', precision: 'q4', device: 'wasm' } as const;

  test('is loaded so, works on its own device and answers for the claims; the old one is not started', async () => {
    const world = new FakeWorld();
    const before = run({ device: 'webgpu', judgeMode: 'verify' });
    const places = (await task(before)).cells.flatMap(({ key, modelId }) =>
      modelId === 'one' ? [key] : [],
    );
    const after = withReplanned(before, { places, to: Q4, plannedAt: 0 });
    const work = await task(after, { threadsOn: { wasm: 4, webgpu: 1 } });
    await runTask(work, world.ports, world.events, never);
    expect(world.statusOf(work.cells)).toEqual(Array(8).fill('done'));
    expect(world.loads.filter(({ modelId }) => modelId !== 'judge')).toEqual(
      expect.arrayContaining([
        { modelId: 'one', revision: 'r', modelPrecision: 'q4', device: 'wasm', threads: 4 },
        { modelId: 'two', revision: 'r', modelPrecision: 'q8', device: 'webgpu', threads: 1 },
      ]),
    );
    expect(world.loads).toHaveLength(3);
    const devices = work.cells.map(({ key, modelId }) => {
      const state = world.cells.get(key);
      return [modelId, state?.status === 'done' && state.description.device];
    });
    expect(new Set(devices.map(String))).toEqual(new Set(['one,wasm', 'two,webgpu']));
    for (const checks of world.judged)
      expect(new Set(checks.map(({ modelId }) => modelId))).toEqual(new Set(['one', 'two']));
  });

  test('leaves what the old one has answered, and the old one is not asked about claims', async () => {
    const world = new FakeWorld();
    const before = run({ judgeMode: 'verify' });
    const first = await task(before);
    await runTask({ ...first, run: { ...before, judge: null } }, world.ports, world.events, never);
    const settled = new Map(
      first.cells.flatMap(({ key, modelId, imageId }) => {
        const state = world.cells.get(key);
        const isKept = modelId === 'two' || imageId === 'id-a';
        return state?.status === 'done' && isKept ? [[key, state] as const] : [];
      }),
    );
    const places = first.cells.flatMap(({ key }) => (settled.has(key) ? [] : [key]));
    const after = withReplanned(before, { places, to: Q4, plannedAt: 0 });
    world.log.length = 0;
    world.loads.length = 0;
    const work = await task(after, { settled });
    await runTask(work, world.ports, world.events, never);
    const asked = world.log.filter((line) => line.startsWith('ask'));
    expect(asked).toEqual(['ask one b p', 'ask one b q']);
    const loads = world.loads.map(({ modelId, modelPrecision }) => `${modelId} ${modelPrecision}`);
    expect(loads.sort()).toEqual(['judge q8', 'one q4', 'two q8']);
    expect([...world.verdicts.values()].map(({ status }) => status)).toEqual(['done', 'done']);
  });
});

describe('stop', () => {
  test('leaves finished cells, puts the rest back to waiting and ends every worker', async () => {
    const world = new FakeWorld();
    const controller = new AbortController();
    world.answer = ({ image: name }) => {
      if (name === 'b') controller.abort();
      return 'fine';
    };
    const work = await task(run({ judge: null }), { lanes: 1 });
    await expect(runTask(work, world.ports, world.events, controller.signal)).rejects.toMatchObject(
      { code: 'aborted' },
    );
    const states = world.statusOf(work.cells);
    expect(states.filter((status) => status === 'done').length).toBeGreaterThan(0);
    expect(states).toContain('waiting');
    expect(states).not.toContain('running');
    expect(world.alive.size).toBe(0);
  });
});
