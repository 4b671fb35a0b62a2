import { AppError } from '../../../src/core/errors';
import type { HeldFile } from '../../../src/core/protocol';
import type { ModelFile } from '../../../src/models/spec';
import {
  forgetFile,
  hasFile,
  modelKeys,
  saveChunk,
  savedChunk,
  savedChunks,
  saveFileRecord,
} from '../../../src/storage/weights';

/** Where the chunks of one model's revision go. */
export interface ChunkStore {
  has(file: ModelFile): Promise<boolean>;
  /** Indexes of the chunks that are there. */
  chunks(file: ModelFile): Promise<ReadonlySet<number>>;
  save(file: ModelFile, index: number, data: Uint8Array): Promise<void>;
  read(file: ModelFile, index: number): Promise<Uint8Array>;
  /** The file is whole and its hash right. */
  complete(file: ModelFile): Promise<void>;
  forget(file: ModelFile): Promise<void>;
  /** The files, where they are in memory. */
  held(): readonly HeldFile[] | null;
}

/** In IndexedDB. */
export class DiskChunks implements ChunkStore {
  readonly #modelId: string;
  readonly #revision: string;

  constructor(modelId: string, revision: string) {
    this.#modelId = modelId;
    this.#revision = revision;
  }

  /** False where the browser lets this site store nothing. @throws AppError for any other trouble */
  async isOpen(): Promise<boolean> {
    try {
      await modelKeys(this.#modelId);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'storage-blocked') return false;
      throw error;
    }
  }

  has(file: ModelFile): Promise<boolean> {
    return hasFile(this.#modelId, this.#revision, file);
  }

  chunks(file: ModelFile): Promise<ReadonlySet<number>> {
    return savedChunks(this.#place(file));
  }

  save(file: ModelFile, index: number, data: Uint8Array): Promise<void> {
    return saveChunk(this.#modelId, this.#revision, file.path, index, data);
  }

  read(file: ModelFile, index: number): Promise<Uint8Array> {
    return savedChunk(this.#place(file), index);
  }

  complete(file: ModelFile): Promise<void> {
    return saveFileRecord(this.#modelId, this.#revision, file);
  }

  forget(file: ModelFile): Promise<void> {
    return forgetFile(this.#place(file));
  }

  held(): null {
    return null;
  }

  #place({ path }: ModelFile) {
    return { modelId: this.#modelId, revision: this.#revision, path };
  }
}

/** Where nothing can be stored: as Blobs, which the browser keeps outside of this worker's heap. */
export class MemoryChunks implements ChunkStore {
  readonly #chunks = new Map<string, Map<number, Blob>>();
  readonly #files = new Map<string, Blob>();

  has({ path }: ModelFile): Promise<boolean> {
    return Promise.resolve(this.#files.has(path));
  }

  chunks({ path }: ModelFile): Promise<ReadonlySet<number>> {
    return Promise.resolve(new Set(this.#chunks.get(path)?.keys()));
  }

  save({ path }: ModelFile, index: number, data: Uint8Array): Promise<void> {
    const chunks = this.#chunks.get(path) ?? new Map<number, Blob>();
    this.#chunks.set(path, chunks.set(index, new Blob([data as Uint8Array<ArrayBuffer>])));
    return Promise.resolve();
  }

  async read({ path }: ModelFile, index: number): Promise<Uint8Array> {
    const chunk = this.#chunks.get(path)?.get(index);
    if (chunk === undefined)
      throw new AppError('weights-corrupt', `${path}: part ${String(index)}`);
    return new Uint8Array(await chunk.arrayBuffer());
  }

  complete({ path }: ModelFile): Promise<void> {
    const chunks = [...(this.#chunks.get(path) ?? [])].sort(([a], [b]) => a - b);
    this.#files.set(path, new Blob(chunks.map(([, chunk]) => chunk)));
    this.#chunks.delete(path);
    return Promise.resolve();
  }

  forget({ path }: ModelFile): Promise<void> {
    this.#chunks.delete(path);
    this.#files.delete(path);
    return Promise.resolve();
  }

  held(): readonly HeldFile[] {
    return [...this.#files].map(([path, blob]) => ({ path, blob }));
  }
}
