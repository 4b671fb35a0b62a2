/** Chunks are plain byte arrays: Chromium refuses large Blobs in IndexedDB, Safari loses them. */
export const CHUNK_BYTES = 16 * 1024 * 1024;

export function chunksOf(bytes: number): number {
  return Math.ceil(bytes / CHUNK_BYTES);
}

/** Bytes of one chunk of a file: CHUNK_BYTES, the last one the rest. */
export function chunkLength(bytes: number, index: number): number {
  return Math.max(0, Math.min(CHUNK_BYTES, bytes - index * CHUNK_BYTES));
}
