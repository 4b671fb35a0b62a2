import { AppError } from '../../../src/core/errors';
import type { ModelFile } from '../../../src/models/spec';
import { chunksOf } from '../../../src/storage/chunks';
import { createFileHash, type FileHash } from './file-hash';

/**
 * The hash of a file whose chunks arrive in any order. A chunk whose turn it is is hashed as it arrives; the others, and those
 * that an earlier visit stored, are read back from the store when their turn comes. So a resumed download needs no saved state
 * that a crash could part from its chunks, and what is checked is what lies on the disk; it costs a read of what was stored,
 * while the network brings the rest.
 */
export class RunningHash {
  readonly #file: ModelFile;
  readonly #hash: FileHash;
  readonly #stored: ReadonlySet<number>;
  readonly #read: (index: number) => Promise<Uint8Array>;
  readonly #signal: AbortSignal;
  #next = 0;
  #catchingUp: Promise<void> | undefined;

  private constructor(
    file: ModelFile,
    hash: FileHash,
    stored: ReadonlySet<number>,
    read: (index: number) => Promise<Uint8Array>,
    signal: AbortSignal,
  ) {
    this.#file = file;
    this.#hash = hash;
    this.#stored = stored;
    this.#read = read;
    this.#signal = signal;
  }

  /** @param stored the chunks that are there, also later */
  static async of(
    file: ModelFile,
    stored: ReadonlySet<number>,
    read: (index: number) => Promise<Uint8Array>,
    signal: AbortSignal,
  ): Promise<RunningHash> {
    const hash = new RunningHash(file, await createFileHash(file), stored, read, signal);
    hash.#startCatchingUp();
    return hash;
  }

  /** A chunk that has just been stored. */
  offer(index: number, data: Uint8Array): void {
    if (this.#catchingUp === undefined && index === this.#next) {
      this.#hash.update(data);
      this.#next += 1;
    }
    this.#startCatchingUp();
  }

  /** To be asked when every chunk is stored. @throws AppError where one can't be read back */
  async isRight(): Promise<boolean> {
    while (this.#next < chunksOf(this.#file.bytes)) {
      this.#startCatchingUp();
      if (this.#catchingUp === undefined)
        throw new AppError('weights-corrupt', `${this.#file.path}: part ${String(this.#next)}`);
      await this.#catchingUp;
    }
    return this.#hash.isRight();
  }

  get detail(): string {
    return this.#hash.detail;
  }

  #startCatchingUp(): void {
    if (this.#catchingUp !== undefined || !this.#stored.has(this.#next)) return;
    const running = this.#catchUp();
    this.#catchingUp = running;
    // Whoever waits in `isRight` hears of it; when nobody does any more, nobody needs to.
    running.catch(() => undefined);
  }

  async #catchUp(): Promise<void> {
    try {
      while (this.#stored.has(this.#next)) {
        if (this.#signal.aborted) throw new AppError('aborted');
        this.#hash.update(await this.#read(this.#next));
        this.#next += 1;
      }
    } finally {
      this.#catchingUp = undefined;
    }
  }
}
