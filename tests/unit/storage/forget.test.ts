import { beforeEach, expect, test, vi } from 'vitest';
import { run as runOf } from '../engine/runner/fake-ports';
import { freshStorage, putRaw, rawKeys } from './fresh';

async function modules() {
  return {
    ...(await import('../../../src/storage/forget')),
    ...(await import('../../../src/storage/runs')),
    ...(await import('../../../src/storage/settings')),
    ...(await import('../../../src/storage/images')),
    ...(await import('../../../src/storage/weights')),
  };
}

beforeEach(() => {
  freshStorage();
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('localStorage', { clear: () => undefined });
});

async function kept() {
  const storage = await modules();
  await storage.saveRun(runOf());
  await storage.saveImage('a', new Blob(['x']));
  await storage.saveChunk('m', '1', 'f', 0, new Uint8Array(1));
  await storage.saveSettings({
    ...storage.DEFAULT_SETTINGS,
    theme: 'dark',
    welcomed: true,
    runId: 'run',
    runGoing: true,
  });
  return storage;
}

test('everything: no row is left, in no store', async () => {
  const storage = await kept();
  await storage.forgetEverything({ weights: true, shell: true, settings: true });
  expect(await indexedDB.databases()).toEqual([]);
  // It can be written to again at once.
  await storage.saveImage('b', new Blob(['x']));
  expect(await rawKeys('images')).toEqual(['b']);
  expect(await storage.savedSettings()).toEqual(storage.DEFAULT_SETTINGS);
});

test('weights and settings stay by choice; the app opens as on a first visit all the same', async () => {
  const storage = await kept();
  await storage.forgetEverything({ weights: false, shell: false, settings: false });
  for (const name of ['runs', 'images', 'journal', 'edits', 'thumbnails'])
    expect(await rawKeys(name), name).toEqual([]);
  expect(await rawKeys('weights')).toEqual(['m@1/f#0']);
  expect(await storage.savedSettings()).toEqual({ ...storage.DEFAULT_SETTINGS, theme: 'dark' });
});

test('where a run can’t be understood nothing is swept away with another one', async () => {
  const storage = await kept();
  await putRaw('runs', 'of a newer version', { version: 9 });
  const forgotten = { kind: 'run', runId: 'run', at: 1 } as const;
  await storage.saveForgotten(forgotten);
  await storage.finishForgetting(forgotten, () => []);
  expect(await rawKeys('runs')).toEqual(['of a newer version']);
  expect(await rawKeys('images')).toEqual(['a']);
});

test('what was undone in another tab is not deleted', async () => {
  const storage = await kept();
  const forgotten = { kind: 'run', runId: 'run', at: 1 } as const;
  await storage.saveForgotten(forgotten);
  await storage.withdrawForgotten(forgotten);
  await storage.finishForgetting(forgotten, () => []);
  expect(await storage.savedRuns()).toHaveLength(1);
});

test('whoever fetches a model takes its deletion back', async () => {
  const storage = await kept();
  const forgotten = { kind: 'weights', modelId: 'm', at: 1 } as const;
  const other = { kind: 'weights', modelId: 'n', at: 1 } as const;
  for (const each of [forgotten, other]) await storage.saveForgotten(each);
  await storage.wantWeights('m');
  await storage.finishForgetting(forgotten, () => []);
  expect(await rawKeys('weights')).toEqual(['m@1/f#0']);
  expect(await storage.savedForgotten()).toEqual([other]);
});

test('weights are not deleted while the model is being fetched', async () => {
  const storage = await kept();
  const forgotten = { kind: 'weights', modelId: 'm', at: 1 } as const;
  await storage.saveForgotten(forgotten);
  let letGo = (): void => undefined;
  const fetched = new Promise<void>((resolve) => (letGo = resolve));
  const names: string[] = [];
  const request = async (name: string, _: object, work: () => Promise<void>) => {
    names.push(name);
    await fetched;
    return work();
  };
  vi.stubGlobal('navigator', { locks: { request } });
  const finished = storage.finishForgetting(forgotten, () => []);
  await vi.waitUntil(() => names.length > 0);
  expect(names).toEqual(['weights m']);
  expect(await rawKeys('weights')).toEqual(['m@1/f#0']);
  letGo();
  await finished;
  expect(await rawKeys('weights')).toEqual([]);
  expect(await storage.weightsNotWanted()).toEqual(['m']);
});
