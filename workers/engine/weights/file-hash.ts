import { createSHA1, createSHA256, type IHasher } from 'hash-wasm';
import type { ModelFile } from '../../../src/models/spec';

/** A hash over a file's bytes in their order, in the way that the file is known by. */
export interface FileHash {
  update(bytes: Uint8Array): void;
  /** Whether the bytes are those of the file. */
  isRight(): boolean;
  /** What was expected and what was found. */
  readonly detail: string;
}

export async function createFileHash(file: ModelFile): Promise<FileHash> {
  const isGit = 'gitOid' in file;
  const hash = isGit ? await createSHA1() : await createSHA256();
  if (isGit) hash.update(`blob ${String(file.bytes)}\0`);
  const expected = isGit ? file.gitOid : file.sha256;
  return new Digest(hash, expected, file.path);
}

class Digest implements FileHash {
  readonly #hash: IHasher;
  readonly #expected: string;
  readonly #path: string;
  #found: string | undefined;

  constructor(hash: IHasher, expected: string, path: string) {
    this.#hash = hash;
    this.#expected = expected;
    this.#path = path;
  }

  update(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  isRight(): boolean {
    this.#found ??= this.#hash.digest('hex');
    return this.#found === this.#expected;
  }

  get detail(): string {
    return `${this.#path}: expected ${this.#expected}, got ${this.#found ?? 'nothing'}`;
  }
}
