import { getMany, promisifyRequest } from 'idb-keyval';
import { store, type StoreName } from './db';

/** Fewer keys are read one by one. */
const FEW = 200;
/** Rows that are read at once. */
const AT_ONCE = 5_000;
/** A range is read whole where it holds at most so many rows for one that is asked for. */
const MOST_FOREIGN = 3;

/**
 * The rows of these keys, in their order; undefined where there is none. Many keys that lie close together are read as ranges:
 * a request for each takes many times as long. @throws DOMException
 */
export async function readMany(name: StoreName, keys: readonly string[]): Promise<unknown[]> {
  const rows = store(name);
  if (keys.length < FEW) return getMany<unknown>([...keys], rows);
  const sorted = [...new Set(keys)].sort();
  const found = new Map<string, unknown>();
  const parts = Array.from({ length: Math.ceil(sorted.length / AT_ONCE) }, (_, index) =>
    sorted.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
  // Side by side: the disk reads on while rows are made of what has come.
  const read = async (part: readonly string[]) => {
    const range = IDBKeyRange.bound(part[0], part.at(-1));
    const [foundKeys, values] = await rows('readonly', async (from) => {
      const count = await promisifyRequest(from.count(range));
      if (count > part.length * MOST_FOREIGN)
        return [
          part,
          await Promise.all(part.map((key) => promisifyRequest<unknown>(from.get(key)))),
        ] as const;
      return Promise.all([
        promisifyRequest(from.getAllKeys(range)),
        promisifyRequest<unknown[]>(from.getAll(range)),
      ]);
    });
    foundKeys.forEach((key, index) => {
      if (typeof key === 'string') found.set(key, values[index]);
    });
  };
  await Promise.all(parts.map(read));
  return keys.map((key) => found.get(key));
}
