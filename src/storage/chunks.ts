/** Far below what any browser refuses in one value: Chromium takes byte arrays up to 133 MB, Blobs below 1 GB. */
export const CHUNK_BYTES = 16 * 1024 * 1024;

export function chunksOf(bytes: number): number {
  return Math.ceil(bytes / CHUNK_BYTES);
}

/** Bytes of one chunk of a file: CHUNK_BYTES, the last one the rest. */
export function chunkLength(bytes: number, index: number): number {
  return Math.max(0, Math.min(CHUNK_BYTES, bytes - index * CHUNK_BYTES));
}
