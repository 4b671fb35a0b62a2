import { beforeEach, expect, test } from 'vitest';
import { freshStorage, putRaw } from './fresh';

async function modules() {
  return {
    ...(await import('../../../src/storage/usage')),
    ...(await import('../../../src/storage/images')),
    ...(await import('../../../src/storage/journal')),
    ...(await import('../../../src/storage/weights')),
    ...(await import('../../../src/storage/records')),
  };
}

beforeEach(freshStorage);

test('everything is counted and measured by its kind', async () => {
  const storage = await modules();
  await storage.saveImage('a', new Blob([new Uint8Array(700)]));
  await storage.saveThumbnail('a', new Blob([new Uint8Array(30)]));
  const failure = {
    kind: 'failure',
    error: { code: 'unknown', detail: 'é' },
    attempts: 1,
  } as const;
  await storage.saveRecord('cell|a|x', failure);
  await storage.saveRecord('check|a|x', { kind: 'check', yes: 0.5 });
  await storage.saveChunk('m', '1', 'whole', 0, new Uint8Array(5));
  await storage.saveFileRecord('m', '1', { path: 'whole', bytes: 5, sha256: 'h' });
  await storage.saveChunk('m', '1', 'half', 0, new Uint8Array(9));
  await storage.saveChunk('n', '1', 'half', 0, new Uint8Array(2));
  const usage = await storage.measureUsage(new Map());
  expect(usage.pictures).toMatchObject({ count: 1, bytes: 700 });
  expect(usage.thumbnails).toMatchObject({ count: 1, bytes: 31 });
  const json = JSON.stringify({ version: 1, ...failure });
  // The é is one character and two bytes.
  expect(usage.descriptions).toMatchObject({
    count: 1,
    bytes: 'cell|a|x'.length + json.length + 1,
  });
  expect(usage.checks.count).toBe(1);
  expect(usage.verdicts).toMatchObject({ count: 0, bytes: 0 });
  expect(usage.weights.get('m')).toMatchObject({ count: 1, bytes: 14 });
  expect(usage.weights.get('n')).toMatchObject({ count: 0, bytes: 2 });
});

test('a picture whose size is known is not read', async () => {
  const storage = await modules();
  await storage.saveImage('a', new Blob(['xyz']));
  expect((await storage.measureUsage(new Map([['a', 42]]))).pictures.bytes).toBe(42);
});

test('rows are visited once each, also when there are more than are in memory at once', async () => {
  const { BATCH, eachRow } = await modules();
  const all = Array.from({ length: BATCH * 2 + 1 }, (_, index) => String(index));
  await putRawAll(all);
  const seen: string[] = [];
  await eachRow('edits', (key) => seen.push(key));
  expect(seen.sort()).toEqual(all.sort());
});

async function putRawAll(keys: readonly string[]): Promise<void> {
  const { store } = await import('../../../src/storage/db');
  const { setMany } = await import('idb-keyval');
  await setMany(
    keys.map((key) => [key, 1]),
    store('edits'),
  );
  await putRaw('edits', keys[0]!, 2);
}
