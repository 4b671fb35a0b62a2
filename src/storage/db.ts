import type { UseStore } from 'idb-keyval';
import { AppError } from '../core/errors';

const DATABASE = 'vlm-image-analysis';

/** Object stores by the schema version that brought them. A version once released is never edited. */
const STORES_BY_VERSION: readonly (readonly StoreName[])[] = [
  ['weights', 'journal', 'runs', 'images', 'thumbnails', 'settings'],
  ['edits'],
  ['models'],
  ['handles'],
  ['packs'],
];

export type StoreName =
  | 'weights'
  | 'journal'
  | 'runs'
  | 'images'
  | 'thumbnails'
  | 'settings'
  | 'edits'
  | 'models'
  | 'handles'
  | 'packs';

let opened: Promise<IDBDatabase> | undefined;
/** Where the browser lets this site keep nothing: what takes its place in the page, gone with it. */
let inMemory: IDBFactory | undefined;

/** Whether what is kept is gone with the page. Known after the first use of a store. */
export function isStorageInMemory(): boolean {
  return inMemory !== undefined;
}

/** The one connection of this realm; opened on first use, opened again after the browser closed it. */
function openDatabase(): Promise<IDBDatabase> {
  opened ??= connectSomehow().catch((error: unknown) => {
    opened = undefined; // a failed open is not remembered: the next call tries again
    throw error;
  });
  return opened;
}

/** Workers don't do without: they hand what they can't store to the page. */
async function connectSomehow(): Promise<IDBDatabase> {
  if (inMemory !== undefined) return connect(inMemory);
  try {
    return await connect(indexedDB);
  } catch (error) {
    if (!('document' in globalThis) || !isDenied(error)) throw error;
    const { IDBFactory } = await import('fake-indexeddb');
    inMemory = new IDBFactory();
    return connect(inMemory);
  }
}

/** Third-party frames and browsers that block site data; not a disk that fails, behind which there may be data. */
function isDenied(error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : error;
  if (!(cause instanceof DOMException)) return false;
  // Chromium's word for blocked site data is an UnknownError; only its message tells it from a failing disk.
  return cause.name === 'SecurityError' || /denied/iu.test(cause.message);
}

function connect(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(DATABASE, STORES_BY_VERSION.length);
    request.onupgradeneeded = ({ oldVersion }) => {
      for (const names of STORES_BY_VERSION.slice(oldVersion)) {
        for (const name of names) request.result.createObjectStore(name);
      }
    };
    request.onerror = () => {
      reject(
        new AppError('storage-blocked', request.error?.message ?? '', { cause: request.error }),
      );
    };
    request.onsuccess = () => {
      const database = request.result;
      const forget = () => {
        opened = undefined;
      };
      database.onclose = forget;
      // Another tab wants a newer schema: let it, this tab opens again on its next use.
      database.onversionchange = () => {
        database.close();
        forget();
      };
      resolve(database);
    };
  });
}

/** Deletes everything there is; other tabs and workers let go of it when they are told. @throws AppError */
export async function deleteDatabase(): Promise<void> {
  const database = await opened?.catch(() => undefined);
  database?.close();
  opened = undefined;
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(asStorageError(request.error));
  });
}

/**
 * A store in the shape that idb-keyval takes. Journal and edits are `strict`: finished work survives a crash
 * of the machine, not only of the tab. The rest can be made or fetched again.
 */
export function store(name: StoreName): UseStore {
  const durability = name === 'journal' || name === 'edits' ? 'strict' : 'default';
  return async (mode, callback) => {
    const database = await openDatabase();
    return callback(database.transaction(name, mode, { durability }).objectStore(name));
  };
}

/**
 * One transaction that writes in several stores: all of it or nothing, `strict` as above.
 * @returns when it is on disk. @throws DOMException
 */
export async function writeTogether(
  names: readonly StoreName[],
  write: (transaction: IDBTransaction) => void,
): Promise<void> {
  const database = await openDatabase();
  const transaction = database.transaction([...names], 'readwrite', { durability: 'strict' });
  const written = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('', 'AbortError'));
  });
  try {
    write(transaction);
  } catch (error) {
    transaction.abort();
    await written.catch(() => undefined);
    throw error;
  }
  await written;
}

/** Turns what IndexedDB throws into an error with a code. */
export function asStorageError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const name = error instanceof Error ? error.name : '';
  const detail = error instanceof Error ? error.message : String(error);
  return new AppError(
    name === 'QuotaExceededError' ? 'quota-exceeded' : 'storage-blocked',
    detail,
    {
      cause: error,
    },
  );
}
