import { delMany, get, keys, set } from 'idb-keyval';
import * as v from 'valibot';
import { AppError } from '../core/errors';
import { hasSameDigest, type FileDigest, type ModelFile } from '../models/spec';
import { readChunk, writeChunk } from './chunk-rows';
import { chunksOf } from './chunks';
import { asStorageError, store } from './db';

/** Chunks that are read ahead of the one that is being copied or handed on. */
const READ_AHEAD = 2;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Written last: a file without it is not there. */
const recordSchema = v.intersect([
  v.object({ version: v.literal(1), bytes: count, chunks: count }),
  v.union([v.object({ sha256: v.string() }), v.object({ gitOid: v.string() })]),
]);

type FileRecord = v.InferOutput<typeof recordSchema>;

/** Which file: all rows of a model's revision, and of one of its files, are neighbours in the store. */
export interface FilePlace {
  readonly modelId: string;
  readonly revision: string;
  readonly path: string;
}

const weights = store('weights');

function fileKey({ modelId, revision, path }: FilePlace): string {
  return `${modelId}@${revision}/${path}`;
}

function chunkKey(file: string, index: number): string {
  return `${file}#${String(index)}`;
}

/** A key of the store taken apart; `chunk` is null for the record that completes a file. */
export interface WeightsKey extends FilePlace {
  readonly chunk: number | null;
}

/** Undefined for what no version of this app has written. */
export function partsOfWeightsKey(key: string): WeightsKey | undefined {
  const [, modelId, revision, rest] = /^([^@]+)@([^/]+)\/(.+)$/u.exec(key) ?? [];
  if (modelId === undefined || revision === undefined || rest === undefined) return undefined;
  const [, path, chunk] = /^(.+)#(\d+)$/u.exec(rest) ?? [];
  return path === undefined
    ? { modelId, revision, path: rest, chunk: null }
    : { modelId, revision, path, chunk: Number(chunk) };
}

/** Whether a file is stored whole, with the hash it should have. */
export async function hasFile(
  modelId: string,
  revision: string,
  file: ModelFile,
): Promise<boolean> {
  const record = await savedRecord(fileKey({ modelId, revision, path: file.path }));
  return record?.bytes === file.bytes && hasSameDigest(record, file);
}

/** Whether all these files are stored whole: only then can the model be used. @throws AppError */
export async function hasFiles(
  modelId: string,
  revision: string,
  files: readonly ModelFile[],
): Promise<boolean> {
  for (const file of files) if (!(await hasFile(modelId, revision, file))) return false;
  return true;
}

/** In the form that this browser keeps best. @throws AppError */
export async function saveChunk(
  modelId: string,
  revision: string,
  path: string,
  index: number,
  data: Uint8Array,
): Promise<void> {
  await writeChunk(chunkKey(fileKey({ modelId, revision, path }), index), data);
}

/** Which chunks of a file are on the disk. @throws AppError */
export async function savedChunks(place: FilePlace): Promise<ReadonlySet<number>> {
  const file = `${fileKey(place)}#`;
  // The digits and nothing else: '#' is followed by them only.
  const range = IDBKeyRange.bound(`${file}0`, `${file}9\uffff`);
  const found = await listKeys(range);
  return new Set(found.map((key) => Number(key.slice(file.length))));
}

/** @throws AppError `weights-corrupt` where it is gone or can't be read */
export async function savedChunk(place: FilePlace, index: number): Promise<Uint8Array> {
  return chunkOf(fileKey(place), place.path, index);
}

/** Marks a file as complete; call it when every chunk is on disk and the hash was right. */
export async function saveFileRecord(
  modelId: string,
  revision: string,
  file: ModelFile,
): Promise<void> {
  const record: FileRecord = {
    version: 1,
    bytes: file.bytes,
    chunks: chunksOf(file.bytes),
    ...digestOf(file),
  };
  try {
    await set(fileKey({ modelId, revision, path: file.path }), record, weights);
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Removes all that is stored of a file. @throws AppError */
export async function forgetFile(place: FilePlace): Promise<void> {
  const file = fileKey(place);
  const chunks = await savedChunks(place);
  await deleteKeys([file, ...[...chunks].map((index) => chunkKey(file, index))]);
}

export interface SavedFile {
  readonly bytes: number;
  /** One chunk at a time is in memory, and those that are read ahead. */
  readonly stream: ReadableStream<Uint8Array>;
  /** The whole file in one piece: what a stream of 2 GB and more can't be made into. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * A stored file, or undefined when it is not stored whole. Stream and buffer can be had once.
 * @throws AppError `weights-corrupt`, when read, where a chunk is gone.
 */
export async function savedFile(
  modelId: string,
  revision: string,
  path: string,
): Promise<SavedFile | undefined> {
  const key = fileKey({ modelId, revision, path });
  const record = await savedRecord(key);
  if (record === undefined) return undefined;
  const chunks = chunksInOrder(record.chunks, (index) => chunkOf(key, path, index));
  return {
    bytes: record.bytes,
    // Nothing is read before somebody asks.
    stream: new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const { done, value } = await chunks.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        },
      },
      { highWaterMark: 0 },
    ),
    async arrayBuffer() {
      const whole = new Uint8Array(record.bytes);
      let at = 0;
      for await (const chunk of chunks) {
        whole.set(chunk, at);
        at += chunk.byteLength;
      }
      return whole.buffer;
    },
  };
}

/** Reads ahead: the disk works while a chunk is copied. */
async function* chunksInOrder(
  chunks: number,
  read: (index: number) => Promise<Uint8Array>,
): AsyncGenerator<Uint8Array, undefined> {
  const ahead: Promise<Uint8Array>[] = [];
  for (let index = 0; index < chunks; index += 1) {
    for (
      let next = index + ahead.length;
      next < Math.min(chunks, index + READ_AHEAD + 1);
      next += 1
    ) {
      const chunk = read(next);
      // Reported when its turn comes, and not before.
      chunk.catch(() => undefined);
      ahead.push(chunk);
    }
    const first = ahead.shift();
    if (first !== undefined) yield await first;
  }
}

/** Removes what was stored of other revisions of a model: they can never be read again. */
export async function forgetOtherRevisions(modelId: string, revision: string): Promise<void> {
  const own = `${modelId}@${revision}/`;
  const stale = (await modelKeys(modelId)).filter((key) => !key.startsWith(own));
  await deleteKeys(stale);
}

/**
 * Removes parts of files that were never completed.
 * @param isWanted files that are still to be completed, and so keep their parts
 */
export async function forgetParts(
  modelId: string,
  isWanted: (place: FilePlace) => boolean,
): Promise<void> {
  const all = await modelKeys(modelId);
  const whole = new Set(all.filter((key) => partsOfWeightsKey(key)?.chunk === null));
  await deleteKeys(
    all.filter((key) => {
      const parts = partsOfWeightsKey(key);
      return parts?.chunk != null && !whole.has(fileKey(parts)) && !isWanted(parts);
    }),
  );
}

/** Removes the weights of a model, of every revision. @throws AppError */
export async function forgetModelWeights(modelId: string): Promise<void> {
  await deleteKeys(await modelKeys(modelId));
}

/** The lock under which a model's weights are written or removed: one tab at a time. */
export function weightsLock(modelId: string): string {
  return `weights ${modelId}`;
}

/** @throws AppError `storage-blocked` where there is no store */
export async function modelKeys(modelId: string): Promise<readonly string[]> {
  return listKeys(IDBKeyRange.bound(`${modelId}@`, `${modelId}@\uffff`));
}

async function listKeys(range: IDBKeyRange): Promise<readonly string[]> {
  try {
    const found = await weights('readonly', (rows) => {
      const request = rows.getAllKeys(range);
      return new Promise<readonly IDBValidKey[]>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(asStorageError(request.error));
      });
    });
    return found.filter((key) => typeof key === 'string');
  } catch (error) {
    throw asStorageError(error);
  }
}

/** All keys there are. @throws AppError */
export async function allWeightsKeys(): Promise<readonly string[]> {
  try {
    return await keys<string>(weights);
  } catch (error) {
    throw asStorageError(error);
  }
}

async function deleteKeys(gone: readonly string[]): Promise<void> {
  try {
    if (gone.length > 0) await delMany([...gone], weights);
  } catch (error) {
    throw asStorageError(error);
  }
}

async function chunkOf(file: string, path: string, index: number): Promise<Uint8Array> {
  const chunk = await readChunk(chunkKey(file, index));
  if (chunk !== undefined) return chunk;
  throw new AppError('weights-corrupt', `${path}: part ${String(index)} is missing`);
}

function digestOf(file: FileDigest): FileDigest {
  return 'sha256' in file ? { sha256: file.sha256 } : { gitOid: file.gitOid };
}

async function savedRecord(key: string): Promise<FileRecord | undefined> {
  const value = await get<unknown>(key, weights).catch((error: unknown) => {
    throw asStorageError(error);
  });
  const parsed = v.safeParse(recordSchema, value);
  return parsed.success ? parsed.output : undefined;
}
