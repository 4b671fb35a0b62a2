import 'fake-indexeddb/auto';
import { clear } from 'idb-keyval';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors';
import { toManifest } from '../../../src/core/manifest';
import { withReplanned } from '../../../src/core/replan';
import { fromManifestFile } from '../../../src/exports/manifest-file';
import type { AppState } from '../../../src/state/app.svelte';
import { gatherProject, restoreProject } from '../../../src/storage/project';
import { savedRun } from '../../../src/storage/runs';
import { store } from '../../../src/storage/db';
import { saveImageList } from '../../../src/storage/image-list';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from './open-page';

const MODEL = 'embedded/mini-qwen2-vl';
const ALL = ['journal', 'runs', 'settings', 'images', 'edits'] as const;
const GIB = 1024 ** 3;

/** A graphics device, as the browser describes one. */
const GPU = {
  requestAdapter: () =>
    Promise.resolve({
      info: { vendor: 'test', architecture: 'a', description: '', isFallbackAdapter: false },
      features: new Set<string>(),
      limits: { maxBufferSize: 2 * GIB, maxStorageBufferBindingSize: GIB },
    }),
};

let world: FakeWorld;

beforeEach(async () => {
  for (const name of ALL) await clear(store(name));
  world = new FakeWorld();
  await saveImageList([image('a'), image('b')]);
  Object.defineProperty(navigator, 'gpu', { value: GPU, configurable: true });
});

afterEach(() => {
  Reflect.deleteProperty(navigator, 'gpu');
});

/** A finished run on the graphics device in which the model worked for the first picture alone. */
async function failedRun(): Promise<AppState> {
  const app = await openPage(world);
  let isSmall = true;
  world.onLoad = ({ modelId, device, modelPrecision }) => {
    isSmall = modelId === MODEL ? device === 'wasm' || modelPrecision === 'q4' : isSmall;
  };
  world.answer = ({ model, image: name, prompt }) => {
    if (model === MODEL && name === 'b' && !isSmall) throw new AppError('device-lost', 'gone');
    return `${model} ${name} ${prompt}`;
  };
  await app.run.start();
  flushSync();
  return app;
}

const offersOf = (app: AppState) => app.waysOut.offers.map(({ model, way }) => [model.id, way]);

describe('a model that the device can’t run', () => {
  test('is offered the other device, and goes on there with what is left', async () => {
    const app = await failedRun();
    expect(app.run.board?.progress).toMatchObject({ total: 18, done: 15, failed: 3 });
    expect(offersOf(app)).toEqual([
      [MODEL, expect.objectContaining({ device: 'wasm', precision: 'q8' })],
    ]);
    const before = world.log.filter((line) => line.startsWith('ask')).length;
    await app.waysOut.take(app.waysOut.offers[0]!);
    flushSync();
    expect(app.run.phase).toEqual({ kind: 'finished' });
    expect(app.run.board?.progress).toMatchObject({ total: 18, done: 18, failed: 0 });
    expect(world.log.filter((line) => line.startsWith('ask')).length - before).toBe(3);
    expect(app.waysOut.offers).toEqual([]);
    const devices = app.run.board!.cells.map(({ key, modelId, imageId }) => {
      const state = app.run.board!.state(key);
      return [modelId, imageId, state.status === 'done' && state.description.device].join(' ');
    });
    expect(devices).toContain(`${MODEL} id-a webgpu`);
    expect(devices).toContain(`${MODEL} id-b wasm`);
    expect(devices).not.toContain(`${MODEL} id-b webgpu`);
  });

  test('has the verdicts written anew that were written without it', async () => {
    const app = await failedRun();
    world.judge = (texts) => String(texts.length);
    await app.waysOut.take(app.waysOut.offers[0]!);
    flushSync();
    expect(app.run.board!.caption('id-b')).toBe('9');
    expect(app.run.board!.isOutdated('id-b')).toBe(false);
    expect(app.run.board!.caption('id-a')).not.toBe('9');
  });

  test('is still offered it after a reload, and has gone on after the next', async () => {
    await failedRun();
    const reloaded = await openPage(world);
    await reloaded.waysOut.take(reloaded.waysOut.offers[0]!);
    const again = await openPage(world);
    flushSync();
    expect(again.run.phase).toEqual({ kind: 'finished' });
    expect(again.run.board?.progress).toMatchObject({ done: 18, failed: 0, verdictsDone: 2 });
    expect(again.waysOut.offers).toEqual([]);
  });

  test('has nothing to offer where it fails on every device', async () => {
    Reflect.deleteProperty(navigator, 'gpu');
    const app = await openPage(world);
    world.onLoad = ({ modelId }) => {
      if (modelId === MODEL) throw new AppError('out-of-memory');
    };
    await app.run.start();
    flushSync();
    expect(offersOf(app)).toEqual([[MODEL, undefined]]);
    await app.waysOut.take(app.waysOut.offers[0]!);
    expect(app.run.board!.run.replanned).toBeUndefined();
  });
});

describe('a model that goes on in another precision', () => {
  async function replanned(): Promise<AppState> {
    const app = await failedRun();
    const { board } = app.run;
    const places = board!.cells.flatMap(({ key }) =>
      board!.state(key).status === 'failed' ? [key] : [],
    );
    const to = { ...board!.run.models.find(({ id }) => id === MODEL)!, precision: 'q4' };
    await app.run.replan((run) => withReplanned(run, { places, to, plannedAt: 1 }));
    flushSync();
    return app;
  }

  test('fills the open cells, and nothing of the old ones is counted any more', async () => {
    const app = await replanned();
    expect(app.run.board?.progress).toMatchObject({ total: 18, done: 18, failed: 0 });
    const precisions = app.run
      .board!.cells.filter(({ modelId }) => modelId === MODEL)
      .map(({ imageId, identity }) => `${imageId} ${identity.precision}`);
    expect(new Set(precisions)).toEqual(new Set(['id-a q8', 'id-b q4']));
  });

  test('is kept by run, manifest and project file', async () => {
    const { run } = (await replanned()).run.board!;
    expect(await savedRun(run.id)).toEqual(run);
    const manifest = toManifest(run);
    expect(await fromManifestFile(new Blob([JSON.stringify(manifest)]))).toEqual(manifest);
    const project = await gatherProject([run]);
    for (const name of ALL) await clear(store(name));
    expect((await restoreProject(project)).runs).toEqual([run]);
    const app = await openPage(world);
    await app.run.open(run);
    flushSync();
    expect(app.run.board?.progress).toMatchObject({ done: 18, failed: 0 });
  });
});

test('a judge that does not fit goes on elsewhere; its earlier verdicts stay', async () => {
  const app = await openPage(world);
  world.onLoad = ({ modelId, device }) => {
    if (modelId === 'embedded/mini-judge' && device === 'webgpu')
      throw new AppError('out-of-memory');
  };
  await app.run.start();
  flushSync();
  expect(app.run.board?.progress).toMatchObject({ verdictsDone: 0, verdictsFailed: 2 });
  expect(app.waysOut.offers).toMatchObject([{ role: 'judge', way: { device: 'wasm' } }]);
  await app.waysOut.take(app.waysOut.offers[0]!);
  flushSync();
  expect(app.run.board?.progress).toMatchObject({ verdictsDone: 2, verdictsFailed: 0 });
  const state = app.run.board!.verdict('id-a');
  expect(state?.status === 'done' && state.verdict.device).toBe('wasm');
});

test('a person is told when a worker was replaced', async () => {
  const app = await openPage(world);
  let isLost = false;
  world.answer = ({ model }) => {
    if (model === MODEL && !isLost) {
      isLost = true;
      throw new AppError('device-lost');
    }
    return 'fine';
  };
  await app.run.start();
  expect(app.run.board?.progress).toMatchObject({ done: 18, failed: 0 });
  expect(app.notices.list.map(({ text }) => text)).toEqual([
    'The browser took the graphics device away from Mini Qwen2-VL, so it was started again; what is finished is kept.',
  ]);
});
