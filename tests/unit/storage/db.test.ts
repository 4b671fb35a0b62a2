import { get, set } from 'idb-keyval';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { freshStorage, opened } from './fresh';

let db: typeof import('../../../src/storage/db');

beforeEach(async () => {
  freshStorage();
  db = await import('../../../src/storage/db');
});

describe('the database', () => {
  test('has every store after the first use', async () => {
    await set('key', 1, db.store('runs'));
    const database = await opened();
    expect([...database.objectStoreNames]).toEqual([
      'edits',
      'handles',
      'images',
      'journal',
      'models',
      'packs',
      'runs',
      'settings',
      'thumbnails',
      'weights',
    ]);
    expect(database.version).toBe(5);
    database.close();
  });

  test('keeps one key apart in two stores', async () => {
    await set('key', 'run', db.store('runs'));
    expect(await get('key', db.store('settings'))).toBeUndefined();
  });

  test('is opened once for many uses', async () => {
    const open = vi.spyOn(indexedDB, 'open');
    await Promise.all([set('a', 1, db.store('runs')), set('b', 2, db.store('runs'))]);
    await get('a', db.store('settings'));
    expect(open).toHaveBeenCalledTimes(1);
  });

  test('lets another tab upgrade, and is opened again on the next use', async () => {
    await set('key', 'kept', db.store('runs'));
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open('vlm-image-analysis', 99);
      request.onblocked = () => reject(new Error('the old connection blocks the upgrade'));
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
    // The newer schema is another version's: this one says that the storage is not its own any more.
    await expect(get('key', db.store('runs'))).rejects.toMatchObject({ code: 'storage-blocked' });
  });

  test('is opened again after the browser closed the connection', async () => {
    const open = vi.spyOn(indexedDB, 'open');
    await set('key', 'kept', db.store('runs'));
    const request = open.mock.results[0]!.value as IDBOpenDBRequest;
    request.result.close();
    request.result.onclose!(new Event('close'));
    expect(await get('key', db.store('runs'))).toBe('kept');
    expect(open).toHaveBeenCalledTimes(2);
  });

  test('a failed opening is not remembered', async () => {
    const open = vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    await expect(get('key', db.store('runs'))).rejects.toThrow('denied');
    expect(await get('key', db.store('runs'))).toBeUndefined();
    expect(open).toHaveBeenCalledTimes(2);
  });

  test.each([
    ['journal', 'strict'],
    ['edits', 'strict'],
    ['weights', 'default'],
    ['images', 'default'],
  ] as const)('writes %s with %s durability', async (name, durability) => {
    const used = await db.store(name)('readwrite', ({ transaction }) => transaction.durability);
    expect(used).toBe(durability);
  });
});

describe('asStorageError', () => {
  test.each<[string, unknown, string]>([
    ['a full disk', new DOMException('full', 'QuotaExceededError'), 'quota-exceeded'],
    ['a private window', new DOMException('denied', 'InvalidStateError'), 'storage-blocked'],
    ['a thrown text', 'denied', 'storage-blocked'],
  ])('%s', (_, error, code) => {
    const result = db.asStorageError(error);
    expect(result.code).toBe(code);
    expect(result.detail).toBe(error instanceof Error ? error.message : error);
    expect(result.cause).toBe(error);
  });

  test('an error with a code keeps it', async () => {
    const { AppError } = await import('../../../src/core/errors');
    const error = new AppError('weights-corrupt');
    expect(db.asStorageError(error)).toBe(error);
  });
});
