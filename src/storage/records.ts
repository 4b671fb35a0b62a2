import { promisifyRequest } from 'idb-keyval';
import { asStorageError, store, type StoreName } from './db';

/** Rows that are in memory at once. */
export const BATCH = 500;

/** Calls `visit` with every row of a store, some at a time: a store may be larger than the memory. @throws AppError */
export async function eachRow(
  name: StoreName,
  visit: (key: string, value: unknown) => void,
): Promise<void> {
  const rows = store(name);
  let after: IDBKeyRange | undefined;
  try {
    for (;;) {
      const range = after;
      const [keys, values] = await rows('readonly', (from) =>
        Promise.all([
          promisifyRequest(from.getAllKeys(range, BATCH)),
          promisifyRequest<unknown[]>(from.getAll(range, BATCH)),
        ]),
      );
      keys.forEach((key, index) => {
        if (typeof key === 'string') visit(key, values[index]);
      });
      const last = keys.at(-1);
      if (last === undefined || keys.length < BATCH) return;
      after = IDBKeyRange.lowerBound(last, true);
    }
  } catch (error) {
    throw asStorageError(error);
  }
}

const encoder = new TextEncoder();

/** Bytes of a row: of its buffers and Blobs as they are, of everything else as JSON in UTF-8. */
export function rowBytes(key: string, value: unknown): number {
  return encoder.encode(key).length + valueBytes(value);
}

function valueBytes(value: unknown): number {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
  if (value instanceof Blob) return value.size;
  if (typeof value === 'object' && value !== null && 'bytes' in value) {
    const { bytes } = value;
    if (bytes instanceof ArrayBuffer) return bytes.byteLength;
  }
  return encoder.encode(JSON.stringify(value)).length;
}
