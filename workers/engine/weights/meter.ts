import type { FetchedSoFar, FetchPhase } from '../../../src/core/download';
import type { ErrorData } from '../../../src/core/errors';

/** Counts what is here of a model, and knows what is being done about the rest. */
export class Meter {
  readonly #totalBytes: number;
  /** In the store, or on the way: falls when a chunk or a file is thrown away. */
  #bytes = 0;
  #transfers = 0;
  readonly #pauses = new Map<object, { readonly why: ErrorData; readonly untilMs: number }>();
  /** Bytes that came over the network. */
  fetchedBytes = 0;

  constructor(totalBytes: number) {
    this.#totalBytes = totalBytes;
  }

  /** Bytes that were here already, or, below zero, that are thrown away. */
  add(bytes: number): void {
    this.#bytes += bytes;
  }

  received(bytes: number): void {
    this.#bytes += bytes;
    this.fetchedBytes += bytes;
  }

  /** Runs a request and counts it as one that is under way. */
  async transfer<T>(work: () => Promise<T>): Promise<T> {
    this.#transfers += 1;
    try {
      return await work();
    } finally {
      this.#transfers -= 1;
    }
  }

  pause(who: object, why: ErrorData, forMs: number): void {
    this.#pauses.set(who, { why, untilMs: performance.now() + forMs });
  }

  resume(who: object): void {
    this.#pauses.delete(who);
  }

  read(): FetchedSoFar {
    return { bytes: this.#bytes, totalBytes: this.#totalBytes, phase: this.#phase() };
  }

  #phase(): FetchPhase {
    if (this.#transfers > 0) return { kind: 'fetching' };
    const [first] = [...this.#pauses.values()].sort((a, b) => a.untilMs - b.untilMs);
    if (first !== undefined) {
      const forMs = Math.max(0, first.untilMs - performance.now());
      return { kind: 'waiting', why: first.why, forMs };
    }
    return { kind: this.#bytes < this.#totalBytes ? 'fetching' : 'checking' };
  }
}
