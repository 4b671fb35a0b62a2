import { get } from 'idb-keyval';
import * as v from 'valibot';
import { CHUNK_BYTES } from './chunks';
import { store } from './db';
import { rowBytes } from './records';
import { allWeightsKeys, partsOfWeightsKey } from './weights';

/** What lies in the store of one model at one revision. */
export interface StoredModel {
  readonly modelId: string;
  readonly revision: string;
  /** Files that are there whole and checked. */
  readonly files: ReadonlySet<string>;
  /** Bytes of those files. */
  readonly fileBytes: number;
  /** Bytes of files that are still on their way, or were given up. */
  readonly partBytes: number;
}

interface Tally {
  readonly files: string[];
  /** Chunks by path, of files that may or may not be whole. */
  readonly chunks: Map<string, number[]>;
}

const recordSchema = v.object({ bytes: v.number() });

/**
 * What is stored, and partly stored, per model and revision. Reads one chunk at most of every file that is not whole: all but
 * the last have a known size. @throws AppError
 */
export async function storedModels(): Promise<readonly StoredModel[]> {
  const tallies = new Map<string, Tally>();
  for (const key of await allWeightsKeys()) {
    const parts = partsOfWeightsKey(key);
    if (parts === undefined) continue;
    const name = `${parts.modelId}@${parts.revision}`;
    const tally = tallies.get(name) ?? { files: [], chunks: new Map<string, number[]>() };
    tallies.set(name, tally);
    if (parts.chunk === null) tally.files.push(parts.path);
    else tally.chunks.set(parts.path, [...(tally.chunks.get(parts.path) ?? []), parts.chunk]);
  }
  return Promise.all([...tallies].map(([name, tally]) => measured(name, tally)));
}

async function measured(name: string, { files, chunks }: Tally): Promise<StoredModel> {
  const [modelId = '', revision = ''] = name.split('@');
  const weights = store('weights');
  let fileBytes = 0;
  for (const path of files) {
    const parsed = v.safeParse(recordSchema, await get<unknown>(`${name}/${path}`, weights));
    fileBytes += parsed.success ? parsed.output.bytes : 0;
  }
  let partBytes = 0;
  for (const [path, indexes] of chunks) {
    if (files.includes(path)) continue;
    const last = Math.max(...indexes);
    const lastChunk = await get<unknown>(`${name}/${path}#${String(last)}`, weights);
    partBytes += (indexes.length - 1) * CHUNK_BYTES;
    partBytes += lastChunk === undefined ? 0 : rowBytes('', lastChunk);
  }
  return { modelId, revision, files: new Set(files), fileBytes, partBytes };
}

/** A model that could make room. */
export interface Deletable {
  readonly modelId: string;
  readonly bytes: number;
}

export interface Room {
  /** Bytes that are still to come. */
  readonly neededBytes: number;
  /** What the browser says is left; a hint. Null where it does not say. */
  readonly freeBytes: number | null;
  /** Models that could be deleted, the largest first, with what each frees. */
  readonly deletable: readonly Deletable[];
}

/** What a download needs and how room could be made for it. @throws AppError */
export async function roomFor(wanted: {
  readonly id: string;
  readonly revision: string;
  readonly bytes: number;
}): Promise<Room> {
  const models = await storedModels();
  const own = models.find(
    ({ modelId, revision }) => modelId === wanted.id && revision === wanted.revision,
  );
  const here = own === undefined ? 0 : own.fileBytes + own.partBytes;
  const byModel = new Map<string, number>();
  for (const { modelId, fileBytes, partBytes } of models)
    byModel.set(modelId, (byModel.get(modelId) ?? 0) + fileBytes + partBytes);
  return {
    neededBytes: Math.max(0, wanted.bytes - here),
    freeBytes: await freeBytes(),
    deletable: [...byModel]
      .filter(([modelId]) => modelId !== wanted.id)
      .map(([modelId, bytes]) => ({ modelId, bytes }))
      .sort((a, b) => b.bytes - a.bytes),
  };
}

/** Chromium says 10 GiB where there is as much or more: then nobody knows. */
const REPORTED_AT_MOST = 10 * 1024 ** 3;

/** Bytes that this site may still store, or null where the browser does not say or says no more than "plenty". */
export async function freeBytes(): Promise<number | null> {
  try {
    const { usage, quota } = await navigator.storage.estimate();
    if (usage === undefined || quota === undefined) return null;
    const free = Math.max(0, quota - usage);
    return free >= REPORTED_AT_MOST * 0.99 ? null : free;
  } catch {
    return null;
  }
}
