import { promisifyRequest } from 'idb-keyval';
import { store, writeTogether } from './db';
import { readMany } from './read-many';

/**
 * A row of IndexedDB costs far more to read than its bytes: 100,000 small rows take seconds. So the records of one kind about one
 * image are also kept together, as JSON in one row, a pack. It is a copy that is never wrong: whoever writes or deletes a record
 * deletes its pack in the same transaction, and packs are made again where many records were read or written one by one.
 */

/** Records that a screen needs of all images at once; checks are read an image at a time. */
const PACKED: ReadonlySet<string> = new Set(['cell', 'verdict']);
/** So many rows read, or written, one by one make it worth to pack them. */
const MANY = 2_000;
/** Fewer keys are looked up as they are. */
const FEW = 200;

const packs = store('packs');

/** The pack that a record is in: its kind and its image; undefined for kinds that are not packed. */
function packOf(key: string): string | undefined {
  const end = key.indexOf('|', key.indexOf('|') + 1);
  const name = key.slice(0, end);
  return end > 0 && PACKED.has(name.slice(0, name.indexOf('|'))) ? name : undefined;
}

function packsOf(keys: readonly string[]): Set<string> {
  const names = new Set<string>();
  let last = '|';
  for (const key of keys) {
    if (key.startsWith(last)) continue;
    const name = packOf(key);
    if (name === undefined) continue;
    names.add(name);
    last = `${name}|`;
  }
  return names;
}

const rowsOf = (pack: string): IDBKeyRange => IDBKeyRange.bound(`${pack}|`, `${pack}|\uffff`);

/** Writes and deletes rows of the journal, all or none. @throws DOMException */
export async function changeRows(
  put: readonly (readonly [key: string, value: unknown])[],
  deleted: readonly string[] = [],
): Promise<void> {
  const keys = [...put.map(([key]) => key), ...deleted];
  await writeTogether(['journal', 'packs'], (transaction) => {
    const journal = transaction.objectStore('journal');
    for (const [key, value] of put) journal.put(value, key);
    for (const key of deleted) journal.delete(key);
    for (const pack of packsOf(keys)) transaction.objectStore('packs').delete(pack);
  });
  noteLoose(put.map(([key]) => key));
}

/** Rows of the journal in the order of the keys, undefined where there is none. @throws DOMException */
export async function readRows(keys: readonly string[]): Promise<unknown[]> {
  if (keys.length < FEW) return readMany('journal', keys);
  const byPack = await readPacks(packsOf(keys));
  const found: unknown[] = [];
  const elsewhere: number[] = [];
  let name: string | undefined;
  let records: ReadonlyMap<string, unknown> | undefined;
  keys.forEach((key, index) => {
    // Mostly the one before is of the same pack.
    if (name === undefined || !key.startsWith(`${name}|`)) {
      name = packOf(key);
      records = name === undefined ? undefined : byPack.get(name);
    }
    if (name === undefined || records === undefined) elsewhere.push(index);
    else found[index] = records.get(key.slice(name.length + 1));
  });
  const looseKeys = elsewhere.map((index) => keys[index] ?? '');
  const rows = await readMany('journal', looseKeys);
  elsewhere.forEach((index, at) => (found[index] = rows[at]));
  noteLoose(looseKeys.filter((_, at) => rows[at] !== undefined));
  return keys.map((_, index) => found[index]);
}

/** One by one, not as a range: the next are on their way while one is taken apart. */
async function readPacks(
  names: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ReadonlyMap<string, unknown> | undefined>> {
  const read = async (from: IDBObjectStore, name: string) =>
    [name, unpacked(await promisifyRequest<unknown>(from.get(name)))] as const;
  return new Map(
    await packs('readonly', (from) => Promise.all([...names].map((name) => read(from, name)))),
  );
}

/** Records by what their keys have beside the pack's name. */
function unpacked(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return new Map(Object.entries(JSON.parse(value) as Record<string, unknown>));
  } catch {
    return undefined; // what can't be read is not there: the rows are
  }
}

/** Rows that are in no pack, by the pack that they belong in. */
const loose = new Map<string, number>();
let looseRows = 0;
let packing: Promise<void> = Promise.resolve();

function noteLoose(keys: readonly string[]): void {
  for (const key of keys) {
    const pack = packOf(key);
    if (pack === undefined) continue;
    loose.set(pack, (loose.get(pack) ?? 0) + 1);
    looseRows += 1;
  }
  if (looseRows < MANY) return;
  const names = [...loose.keys()];
  loose.clear();
  looseRows = 0;
  // Whoever asked need not wait; where it fails (a full disk) the rows are read as before.
  packing = packing.then(() => pack(names)).catch(() => undefined);
}

/** When nothing is being packed any more: for tests. */
export async function allPacked(): Promise<void> {
  await packing;
}

async function pack(names: readonly string[]): Promise<void> {
  // One at a time: between them whoever has something to write or to show comes first.
  for (const name of names) {
    if ((await packs('readonly', (from) => promisifyRequest(from.count(name)))) > 0) continue;
    await writeTogether(['journal', 'packs'], (transaction) => {
      const journal = transaction.objectStore('journal');
      const keys = journal.getAllKeys(rowsOf(name));
      const values: IDBRequest<unknown[]> = journal.getAll(rowsOf(name));
      values.onsuccess = () => {
        const rows = (keys.result as string[]).map(
          (key, index) => [key.slice(name.length + 1), values.result[index]] as const,
        );
        const text = JSON.stringify(Object.fromEntries(rows));
        if (rows.length > 0) transaction.objectStore('packs').put(text, name);
      };
    });
  }
}
