import pLimit from 'p-limit';
import type { FetchedSoFar } from '../../../src/core/download';
import { AppError } from '../../../src/core/errors';
import type { Patience } from '../../../src/core/hub/back-off';
import { encodePath, fileUrl } from '../../../src/core/hub/urls';
import type { EnsureReport, EnsureRequest, FileOrigin } from '../../../src/core/protocol';
import type { ModelFile } from '../../../src/models/spec';
import { freeBytes } from '../../../src/storage/stored-models';
import { chunkLength } from '../../../src/storage/chunks';
import { forgetOtherRevisions, forgetParts } from '../../../src/storage/weights';
import { authorization } from '../hub/look-up';
import type { ChunkStore } from './chunk-store';
import { FileDownload, type DownloadContext } from './file-download';
import { Meter } from './meter';

/** Requests that are under way at the same time, of one chunk each at most. */
const MAX_REQUESTS = 3;

/** All files of one model: those that are missing are fetched, and what nobody can use any more is removed. */
export class ModelDownload {
  readonly #request: EnsureRequest;
  readonly #store: ChunkStore;
  readonly #patience: Patience;
  readonly #meter: Meter;

  constructor(request: EnsureRequest, store: ChunkStore, patience: Patience) {
    this.#request = request;
    this.#store = store;
    this.#patience = patience;
    this.#meter = new Meter(request.files.reduce((sum, { bytes }) => sum + bytes, 0));
  }

  get soFar(): FetchedSoFar {
    return this.#meter.read();
  }

  /** @throws AppError; what has arrived in whole chunks is kept for the next time */
  async run(signal: AbortSignal): Promise<EnsureReport> {
    const missing = await this.#missingFiles();
    if (missing.length > 0) {
      await this.#clearBefore();
      await this.#checkRoom(missing);
      await this.#fetchAll(missing, signal);
      await this.#clearAfter();
    }
    return { fetchedBytes: this.#meter.fetchedBytes, held: this.#store.held() };
  }

  async #missingFiles(): Promise<readonly ModelFile[]> {
    const missing: ModelFile[] = [];
    for (const file of this.#request.files) {
      if (await this.#store.has(file)) this.#meter.add(file.bytes);
      else missing.push(file);
    }
    return missing;
  }

  /** The first failure ends the others; it is thrown when all have let go of the store. */
  async #fetchAll(files: readonly ModelFile[], signal: AbortSignal): Promise<void> {
    const own = new AbortController();
    const context: DownloadContext = {
      store: this.#store,
      meter: this.#meter,
      patience: this.#patience,
      headers: headersFor(this.#request.origin),
      url: (path) => urlOf(this.#request, path),
      requests: pLimit(MAX_REQUESTS),
      reading: pLimit(1),
      signal: AbortSignal.any([signal, own.signal]),
    };
    const failures: unknown[] = [];
    await Promise.all(
      files.map(async (file) => {
        try {
          await new FileDownload(file, context).run();
        } catch (error) {
          failures.push(error);
          own.abort();
        }
      }),
    );
    if (signal.aborted) throw new AppError('aborted');
    if (failures.length > 0) throw failures[0];
  }

  /** @throws AppError `quota-exceeded` */
  async #checkRoom(missing: readonly ModelFile[]): Promise<void> {
    if (this.#store.held() !== null) return;
    let needed = 0;
    for (const file of missing) {
      needed += file.bytes;
      for (const index of await this.#store.chunks(file)) needed -= chunkLength(file.bytes, index);
    }
    const free = await freeBytes();
    if (free !== null && free < needed)
      throw new AppError('quota-exceeded', `${String(needed)} bytes needed, ${String(free)} free`);
  }

  /** Parts that another revision left: they take room and can't be gone on with. */
  async #clearBefore(): Promise<void> {
    const { modelId, revision } = this.#request;
    if (this.#store.held() !== null) return;
    await forgetParts(modelId, (place) => place.revision === revision);
  }

  /** What is whole of other revisions serves until this one is. */
  async #clearAfter(): Promise<void> {
    const { modelId, revision } = this.#request;
    if (this.#store.held() !== null) return;
    await forgetOtherRevisions(modelId, revision);
    await forgetParts(modelId, () => false);
  }
}

function headersFor(origin: FileOrigin): Readonly<Record<string, string>> {
  return origin.kind === 'hub' ? authorization(origin.access) : {};
}

function urlOf({ origin, revision }: EnsureRequest, path: string): string {
  return origin.kind === 'page'
    ? `${origin.baseUrl}/${encodePath(path)}`
    : fileUrl(origin.access.endpoint, origin.repository, revision, path);
}
