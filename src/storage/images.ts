import { del, get, set } from 'idb-keyval';
import * as v from 'valibot';
import { asStorageError, store } from './db';

const images = store('images');
const thumbnails = store('thumbnails');

const storedSchema = v.object({ type: v.string(), bytes: v.instance(ArrayBuffer) });

type StoredBytes = v.InferOutput<typeof storedSchema>;

/** Bytes, not Blobs: see `CHUNK_BYTES` in weights.ts. */
async function saveBlob(target: ReturnType<typeof store>, key: string, blob: Blob): Promise<void> {
  const value: StoredBytes = { type: blob.type, bytes: await blob.arrayBuffer() };
  try {
    await set(key, value, target);
  } catch (error) {
    throw asStorageError(error);
  }
}

async function savedBlob(target: ReturnType<typeof store>, key: string): Promise<Blob | undefined> {
  try {
    const parsed = v.safeParse(storedSchema, await get<unknown>(key, target));
    return parsed.success
      ? new Blob([parsed.output.bytes], { type: parsed.output.type })
      : undefined;
  } catch (error) {
    throw asStorageError(error);
  }
}

export const saveImage = (sha256: string, blob: Blob) => saveBlob(images, sha256, blob);
export const savedImage = (sha256: string) => savedBlob(images, sha256);
export const saveThumbnail = (sha256: string, blob: Blob) => saveBlob(thumbnails, sha256, blob);
export const savedThumbnail = (sha256: string) => savedBlob(thumbnails, sha256);

export async function forgetImage(sha256: string): Promise<void> {
  await del(sha256, images);
  await del(sha256, thumbnails);
}
