import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { freshStorage } from './fresh';

async function modules() {
  return {
    ...(await import('../../../src/storage/stored-models')),
    ...(await import('../../../src/storage/weights')),
    ...(await import('../../../src/storage/chunks')),
  };
}

beforeEach(freshStorage);
afterEach(() => void vi.unstubAllGlobals());

async function fill() {
  const storage = await modules();
  const { saveChunk, saveFileRecord, CHUNK_BYTES } = storage;
  await saveChunk('a/b', 'r1', 'config.json', 0, new Uint8Array(5));
  await saveFileRecord('a/b', 'r1', { path: 'config.json', bytes: 5, gitOid: 'x' });
  await saveChunk('a/b', 'r1', 'big', 0, new Uint8Array(CHUNK_BYTES));
  await saveChunk('a/b', 'r1', 'big', 2, new Uint8Array(7));
  await saveChunk('a/b', 'r0', 'config.json', 0, new Uint8Array(3));
  await saveChunk('c', 'r1', 'whole', 0, new Uint8Array(2));
  await saveFileRecord('c', 'r1', { path: 'whole', bytes: 2, sha256: 'x' });
  return storage;
}

test.each([
  ['byte arrays', {}],
  ['Blobs', { userAgentData: {} }],
])('what is stored as %s, and partly stored, by model and revision', async (_, navigator) => {
  vi.stubGlobal('navigator', navigator);
  const { storedModels, CHUNK_BYTES } = await fill();
  const rows = [...(await storedModels())].sort((a, b) => a.revision.localeCompare(b.revision));
  expect(rows).toEqual([
    { modelId: 'a/b', revision: 'r0', files: new Set(), fileBytes: 0, partBytes: 3 },
    {
      modelId: 'a/b',
      revision: 'r1',
      files: new Set(['config.json']),
      fileBytes: 5,
      partBytes: CHUNK_BYTES + 7,
    },
    { modelId: 'c', revision: 'r1', files: new Set(['whole']), fileBytes: 2, partBytes: 0 },
  ]);
});

const estimate = (usage: number, quota: number) =>
  vi.stubGlobal('navigator', {
    storage: { estimate: () => Promise.resolve({ usage, quota }) },
  });

test('what a download still needs, what is free, and which models could go', async () => {
  const { roomFor, CHUNK_BYTES } = await fill();
  estimate(1000, 5000);
  const bytes = 3 * CHUNK_BYTES;
  expect(await roomFor({ id: 'a/b', revision: 'r1', bytes })).toEqual({
    neededBytes: bytes - CHUNK_BYTES - 12,
    freeBytes: 4000,
    deletable: [{ modelId: 'c', bytes: 2 }],
  });
  const other = await roomFor({ id: 'new', revision: 'r1', bytes });
  expect(other.deletable).toEqual([
    { modelId: 'a/b', bytes: CHUNK_BYTES + 15 },
    { modelId: 'c', bytes: 2 },
  ]);
});

test('a browser that says 10 GiB, or nothing, does not know', async () => {
  const { freeBytes } = await modules();
  estimate(5, 5 + 10 * 1024 ** 3);
  expect(await freeBytes()).toBeNull();
  vi.stubGlobal('navigator', { storage: { estimate: () => Promise.reject(new Error('no')) } });
  expect(await freeBytes()).toBeNull();
});
