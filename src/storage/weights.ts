import { delMany, get, keys, set, setMany } from 'idb-keyval';
import * as v from 'valibot';
import { AppError } from '../core/errors';
import type { ModelFile } from '../models/spec';
import { asStorageError, store } from './db';

/** Chunks are plain byte arrays: Chromium refuses large Blobs in IndexedDB, Safari loses them. */
export const CHUNK_BYTES = 16 * 1024 * 1024;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Written last: a file without it is not there. */
const recordSchema = v.object({
  version: v.literal(1),
  bytes: count,
  sha256: v.string(),
  chunks: count,
});

type FileRecord = v.InferOutput<typeof recordSchema>;

const weights = store('weights');

function fileKey(modelId: string, revision: string, path: string): string {
  return `${modelId}@${revision}/${path}`;
}

function chunkKey(file: string, index: number): string {
  return `${file}#${String(index)}`;
}

/** Whether a file is stored whole, with the hash it should have. */
export async function hasFile(
  modelId: string,
  revision: string,
  file: ModelFile,
): Promise<boolean> {
  const record = await savedRecord(fileKey(modelId, revision, file.path));
  return record?.sha256 === file.sha256 && record.bytes === file.bytes;
}

export async function saveChunk(
  modelId: string,
  revision: string,
  path: string,
  index: number,
  data: Uint8Array,
): Promise<void> {
  try {
    await set(chunkKey(fileKey(modelId, revision, path), index), data, weights);
  } catch (error) {
    throw asStorageError(error);
  }
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
    sha256: file.sha256,
    chunks: Math.ceil(file.bytes / CHUNK_BYTES),
  };
  try {
    await setMany([[fileKey(modelId, revision, file.path), record]], weights);
  } catch (error) {
    throw asStorageError(error);
  }
}

/**
 * A stored file as a stream that reads one chunk at a time, or undefined when it is not stored whole.
 * @throws AppError `weights-corrupt` in the stream when a chunk is gone.
 */
export async function savedFile(
  modelId: string,
  revision: string,
  path: string,
): Promise<{ readonly bytes: number; readonly stream: ReadableStream<Uint8Array> } | undefined> {
  const key = fileKey(modelId, revision, path);
  const record = await savedRecord(key);
  if (record === undefined) return undefined;
  let next = 0;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next === record.chunks) {
        controller.close();
        return;
      }
      const chunk = await get<unknown>(chunkKey(key, next), weights);
      if (!(chunk instanceof Uint8Array)) {
        throw new AppError('weights-corrupt', `${path}: part ${String(next)} is missing`);
      }
      next += 1;
      controller.enqueue(chunk);
    },
  });
  return { bytes: record.bytes, stream };
}

/** Removes what was stored of other revisions of a model: they can never be read again. */
export async function forgetOtherRevisions(modelId: string, revision: string): Promise<void> {
  const own = `${modelId}@${revision}/`;
  const stale = (await keys<string>(weights)).filter(
    (key) => key.startsWith(`${modelId}@`) && !key.startsWith(own),
  );
  await delMany(stale, weights);
}

async function savedRecord(key: string): Promise<FileRecord | undefined> {
  const value = await get<unknown>(key, weights).catch((error: unknown) => {
    throw asStorageError(error);
  });
  const parsed = v.safeParse(recordSchema, value);
  return parsed.success ? parsed.output : undefined;
}
