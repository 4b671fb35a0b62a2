import { promisifyRequest } from 'idb-keyval';
import * as v from 'valibot';
import type { ImageItem } from '../core/image';
import { asStorageError, store } from './db';
import { imageSchema } from './run-schema';

const settings = store('settings');
/** Up to 0.1 the whole list lay under this key; now what is known of its blocks. */
const KEY = 'images';
const BLOCK_ITEMS = 500;
const blockKey = (block: number) => `${KEY}/${String(block)}`;

/** `stamp` is another one after each change: whoever has written the list last knows that it was itself. */
const headSchema = v.object({ blocks: v.number(), stamp: v.string() });
type Head = v.InferOutput<typeof headSchema>;

/** The list as this page has last read or written it. */
let known: { readonly stamp: string; readonly items: readonly ImageItem[] } | undefined;

/** The pictures in the set-up, in their order. A row that can't be read is left out. @throws AppError */
export async function savedImageList(): Promise<readonly ImageItem[]> {
  try {
    const { head, rows } = await settings('readonly', async (from) => {
      const found = await promisifyRequest<unknown>(from.get(KEY));
      if (Array.isArray(found)) return { head: undefined, rows: found as unknown[] };
      const read = readHead(found);
      const blocks = await Promise.all(
        keysOf(read?.blocks ?? 0).map((key) => promisifyRequest<unknown>(from.get(key))),
      );
      return {
        head: read,
        rows: blocks.flatMap((block) => (Array.isArray(block) ? (block as unknown[]) : [])),
      };
    });
    const items = rows.flatMap(readable);
    known = head && { stamp: head.stamp, items };
    return items;
  } catch (error) {
    throw asStorageError(error);
  }
}

/**
 * Writes the blocks that have changed: while thousands of pictures come in, not all of them are written each time.
 * @throws AppError
 */
export async function saveImageList(items: readonly ImageItem[]): Promise<void> {
  const stamp = crypto.randomUUID();
  const blocks = Math.ceil(items.length / BLOCK_ITEMS);
  try {
    await settings('readwrite', async (into) => {
      const head = readHead(await promisifyRequest<unknown>(into.get(KEY)));
      // Another tab may have written since: then nothing is known of what lies there.
      const before = head !== undefined && head.stamp === known?.stamp ? known.items : [];
      for (let block = 0; block < blocks; block += 1) {
        const now = blockOf(items, block);
        const then = blockOf(before, block);
        if (now.length !== then.length || now.some((item, place) => item !== then[place]))
          into.put(now, blockKey(block));
      }
      for (const key of keysOf(head?.blocks ?? 0).slice(blocks)) into.delete(key);
      into.put({ blocks, stamp } satisfies Head, KEY);
      await promisifyRequest(into.transaction);
    });
    known = { stamp, items };
  } catch (error) {
    throw asStorageError(error);
  }
}

function readHead(value: unknown): Head | undefined {
  const parsed = v.safeParse(headSchema, value);
  return parsed.success ? parsed.output : undefined;
}

function readable(row: unknown): ImageItem[] {
  const parsed = v.safeParse(imageSchema, row);
  return parsed.success ? [parsed.output] : [];
}

const blockOf = (items: readonly ImageItem[], block: number) =>
  items.slice(block * BLOCK_ITEMS, (block + 1) * BLOCK_ITEMS);

const keysOf = (blocks: number) => Array.from({ length: blocks }, (_, block) => blockKey(block));
