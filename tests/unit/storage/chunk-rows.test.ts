import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { freshStorage, opened, putRaw } from './fresh';

const BYTES = new Uint8Array([1, 2, 3]);

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function load(browser: 'Chromium' | 'another') {
  vi.stubGlobal('navigator', browser === 'Chromium' ? { userAgentData: {} } : {});
  return import('../../../src/storage/chunk-rows');
}

async function formOf(key: string): Promise<'Blob' | 'byte array' | 'nothing'> {
  const database = await opened();
  const row = await new Promise<unknown>((resolve) => {
    const request = database.transaction('weights').objectStore('weights').get(key);
    request.onsuccess = () => resolve(request.result);
  });
  database.close();
  if (row instanceof Blob) return 'Blob';
  return row instanceof Uint8Array ? 'byte array' : 'nothing';
}

/** As in a private window that has no room for another Blob: it is stored, and reading it fails. */
function makeBlobsUnreadable() {
  const unreadable = () => Promise.reject(new DOMException('no', 'NotReadableError'));
  return vi.spyOn(Blob.prototype, 'arrayBuffer').mockImplementation(unreadable);
}

describe('a chunk in the store', () => {
  beforeEach(freshStorage);

  test.each([
    ['Chromium', 'Blob'],
    ['another', 'byte array'],
  ] as const)('%s keeps it as a %s', async (browser, form) => {
    const rows = await load(browser);
    await rows.writeChunk('k', BYTES);
    expect(await formOf('k')).toBe(form);
    expect(await rows.readChunk('k')).toEqual(BYTES);
  });

  test.each([
    ['Chromium', BYTES],
    ['another', new Blob([BYTES])],
  ] as const)('%s reads what was kept in the other form', async (browser, row) => {
    const rows = await load(browser);
    await rows.writeChunk('other', BYTES);
    await putRaw('weights', 'k', row);
    expect(await rows.readChunk('k')).toEqual(BYTES);
  });

  test('a Blob that can’t be read back is replaced, with those before it, and no other is tried', async () => {
    const rows = await load('Chromium');
    await rows.writeChunk('before', BYTES);
    expect(await formOf('before')).toBe('Blob');
    vi.spyOn(Blob.prototype, 'arrayBuffer').mockRejectedValueOnce(
      new DOMException('no', 'NotReadableError'),
    );
    await rows.writeChunk('a', BYTES);
    await rows.writeChunk('b', BYTES);
    expect(await formOf('before')).toBe('byte array');
    expect(await rows.readChunk('before')).toEqual(BYTES);
    expect(await formOf('a')).toBe('byte array');
    expect(await formOf('b')).toBe('byte array');
    expect(await rows.readChunk('a')).toEqual(BYTES);
  });

  test('is not there when it can’t be read, or is something else', async () => {
    const rows = await load('Chromium');
    await rows.writeChunk('a', BYTES);
    makeBlobsUnreadable();
    expect(await rows.readChunk('a')).toBeUndefined();
    await putRaw('weights', 'b', 'no chunk');
    expect(await rows.readChunk('b')).toBeUndefined();
    expect(await rows.readChunk('c')).toBeUndefined();
  });
});
