import type { LimitFunction } from 'p-limit';
import { AppError } from '../../../src/core/errors';
import type { Patience } from '../../../src/core/hub/back-off';
import type { ModelFile } from '../../../src/models/spec';
import { CHUNK_BYTES, chunkLength, chunksOf } from '../../../src/storage/chunks';
import type { RequestOptions } from '../hub/request';
import { withRetries } from '../hub/retry';
import type { ChunkStore } from './chunk-store';
import { fetchPieces, fetchSpan, NoRanges } from './fetch-chunk';
import type { Meter } from './meter';
import { RunningHash } from './running-hash';

export interface DownloadContext {
  readonly store: ChunkStore;
  readonly meter: Meter;
  readonly patience: Patience;
  readonly headers: Readonly<Record<string, string>>;
  readonly url: (path: string) => string;
  /** Places for requests, shared by all files of the model. */
  readonly requests: LimitFunction;
  /** One chunk at a time is read back to be hashed. */
  readonly reading: LimitFunction;
  readonly signal: AbortSignal;
}

/** A file that comes damaged is fetched once more, whole: which of its chunks is wrong, nobody says. */
const MAX_FETCHES = 2;

/** Brings one file into the store, chunk by chunk, in any order; chunks that are there already are not fetched. */
export class FileDownload {
  readonly #file: ModelFile;
  readonly #context: DownloadContext;

  constructor(file: ModelFile, context: DownloadContext) {
    this.#file = file;
    this.#context = context;
  }

  /** @throws AppError `weights-corrupt` when it was damaged twice; nothing of it is then left in the store */
  async run(): Promise<void> {
    const { store, meter } = this.#context;
    for (let fetches = 1; ; fetches += 1) {
      const hash = await this.#fetchMissing();
      if (await isRight(hash)) {
        await store.complete(this.#file);
        return;
      }
      await store.forget(this.#file);
      meter.add(-this.#file.bytes);
      if (fetches === MAX_FETCHES) throw new AppError('weights-corrupt', hash.detail);
    }
  }

  async #fetchMissing(): Promise<RunningHash> {
    const { store, meter, reading, signal } = this.#context;
    const file = this.#file;
    const stored = new Set(await store.chunks(file));
    for (const index of stored) meter.add(chunkLength(file.bytes, index));
    const read = (index: number) => reading(() => store.read(file, index));
    const hash = await RunningHash.of(file, stored, read, signal);
    try {
      await this.#fetchInRanges(stored, hash);
    } catch (error) {
      if (!(error instanceof NoRanges)) throw error;
      await this.#fetchFromStart(stored, hash);
    }
    return hash;
  }

  async #fetchInRanges(stored: Set<number>, hash: RunningHash): Promise<void> {
    const { requests, signal } = this.#context;
    const own = new AbortController();
    const chunkSignal = AbortSignal.any([signal, own.signal]);
    const missing = Array.from({ length: chunksOf(this.#file.bytes) }, (_, index) => index).filter(
      (index) => !stored.has(index),
    );
    const failures: unknown[] = [];
    await Promise.all(
      missing.map((index) =>
        requests(async () => {
          if (chunkSignal.aborted) return;
          try {
            await this.#fetchChunk(index, chunkSignal, stored, hash);
          } catch (error) {
            failures.push(error);
            own.abort();
          }
        }),
      ),
    );
    if (failures.length > 0) throw failures[0];
    if (signal.aborted) throw new AppError('aborted');
  }

  async #fetchChunk(
    index: number,
    signal: AbortSignal,
    stored: Set<number>,
    hash: RunningHash,
  ): Promise<void> {
    const { meter, url } = this.#context;
    const { bytes, path } = this.#file;
    const start = index * CHUNK_BYTES;
    const span = { start, end: start + chunkLength(bytes, index), total: bytes };
    const data = await this.#retried(signal, () =>
      fetchSpan(url(path), span, this.#options(signal), (received) => meter.received(received)),
    );
    await this.#keep(index, data, stored, hash);
  }

  /** The whole file in one request; chunks that are there already are passed over. */
  async #fetchFromStart(stored: Set<number>, hash: RunningHash): Promise<void> {
    const { requests, signal } = this.#context;
    await requests(() =>
      this.#retried(
        signal,
        () => this.#readFromStart(stored, hash),
        () => stored.size,
      ),
    );
  }

  async #readFromStart(stored: Set<number>, hash: RunningHash): Promise<void> {
    const { meter, url, signal } = this.#context;
    const { bytes, path } = this.#file;
    let index = 0;
    let filled = 0;
    let chunk = new Uint8Array(chunkLength(bytes, 0));
    try {
      for await (const piece of fetchPieces(url(path), bytes, this.#options(signal))) {
        for (let at = 0; at < piece.byteLength;) {
          const part = piece.subarray(at, at + chunk.byteLength - filled);
          chunk.set(part, filled);
          at += part.byteLength;
          filled += part.byteLength;
          if (!stored.has(index)) meter.received(part.byteLength);
          if (filled < chunk.byteLength) continue;
          if (!stored.has(index)) await this.#keep(index, chunk, stored, hash);
          index += 1;
          filled = 0;
          chunk = new Uint8Array(chunkLength(bytes, index));
        }
      }
    } catch (error) {
      if (!stored.has(index)) meter.received(-filled);
      throw error;
    }
  }

  async #keep(
    index: number,
    data: Uint8Array,
    stored: Set<number>,
    hash: RunningHash,
  ): Promise<void> {
    await this.#context.store.save(this.#file, index, data);
    stored.add(index);
    hash.offer(index, data);
  }

  #retried<T>(signal: AbortSignal, attempt: () => Promise<T>, progress?: () => number): Promise<T> {
    const { patience, meter } = this.#context;
    const who = {};
    return withRetries(
      () => {
        meter.resume(who);
        return meter.transfer(attempt);
      },
      { patience, signal, onPause: (why, forMs) => meter.pause(who, why, forMs) },
      progress,
    ).finally(() => meter.resume(who));
  }

  #options(signal: AbortSignal): RequestOptions {
    const { headers, patience } = this.#context;
    return { headers, about: 'file', stallMs: patience.stallMs, signal };
  }
}

/** What can't be read back is as damaged as what is wrong. @throws AppError */
async function isRight(hash: RunningHash): Promise<boolean> {
  try {
    return await hash.isRight();
  } catch (error) {
    if (error instanceof AppError && error.code === 'weights-corrupt') return false;
    throw error;
  }
}
