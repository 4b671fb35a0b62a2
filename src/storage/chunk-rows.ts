/**
 * How a chunk lies in the store: as a Blob or as a byte array. Chromium keeps a Blob as a file beside its database and reads it as
 * fast as the Cache API does; a byte array goes through the database and takes about twice the time. Safari has lost Blobs that it
 * had stored, and nothing is gained where nothing was measured: elsewhere chunks are byte arrays. Both are read, wherever they are.
 */
import { get, set } from 'idb-keyval';
import { asStorageError, store } from './db';

const weights = store('weights');

/** Until one proves unreadable here. */
let mayKeepBlobs = isChromium();

/** Rows that this worker wrote as Blobs. */
const blobKeys = new Set<string>();

/** Whether this is Chromium or a browser made of it: no other engine has this interface. */
function isChromium(): boolean {
  return 'navigator' in globalThis && 'userAgentData' in globalThis.navigator;
}

/**
 * Resolves when the chunk is in the store and, if as a Blob, can be read from it: a private window takes more than about 2 GB of
 * Blobs (or less, by the machine's memory) without an error, and then can't read them. After the first such, chunks are byte arrays,
 * also those before: with its room for Blobs full, the window could not read a picture any more.
 * @throws AppError `quota-exceeded`, `storage-blocked`
 */
export async function writeChunk(key: string, data: Uint8Array): Promise<void> {
  const isWanted = mayKeepBlobs;
  if (isWanted && (await isKeptAsBlob(key, data))) return;
  try {
    await set(key, data, weights);
  } catch (error) {
    throw asStorageError(error);
  }
  // Not where there was no room for either: that says nothing about Blobs.
  if (!isWanted) return;
  mayKeepBlobs = false;
  await replaceBlobs();
}

async function replaceBlobs(): Promise<void> {
  for (const key of blobKeys) {
    blobKeys.delete(key);
    try {
      const row = await get<unknown>(key, weights);
      if (row instanceof Blob) await set(key, new Uint8Array(await row.arrayBuffer()), weights);
    } catch {
      // It stays as it is: whoever reads it finds out.
    }
  }
}

async function isKeptAsBlob(key: string, data: Uint8Array): Promise<boolean> {
  try {
    await set(key, new Blob([data as Uint8Array<ArrayBuffer>]), weights);
    const kept = await get<unknown>(key, weights);
    if (!(kept instanceof Blob) || kept.size !== data.byteLength) return false;
    // What can't be read fails at any byte of it.
    const last = new Uint8Array(await kept.slice(-1).arrayBuffer());
    const isReadable = last[0] === data.at(-1);
    if (isReadable) blobKeys.add(key);
    return isReadable;
  } catch {
    return false;
  }
}

/** Undefined where there is none, or what is there can't be read. @throws AppError `storage-blocked` */
export async function readChunk(key: string): Promise<Uint8Array | undefined> {
  const row = await get<unknown>(key, weights).catch((error: unknown) => {
    throw asStorageError(error);
  });
  if (row instanceof Uint8Array) return row;
  if (!(row instanceof Blob)) return undefined;
  return row.arrayBuffer().then(
    (bytes) => new Uint8Array(bytes),
    () => undefined,
  );
}
