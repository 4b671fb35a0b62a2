import { isAbort } from '../../../src/core/errors';

interface Entry<V> {
  readonly value: Promise<V>;
  readonly weight: number;
}

/**
 * Answers that are asked for once, also by several at the same time, and kept up to a total weight; the one used longest ago
 * goes first, the newest always stays. A failure is not kept.
 */
export class Kept<V> {
  readonly #entries = new Map<string, Entry<V>>();
  readonly #mostWeight: number;

  constructor(mostWeight: number) {
    this.#mostWeight = mostWeight;
  }

  /**
   * @param make asks, with the signal of whoever came first: those who wait beside it ask again where it was stopped
   * @param weight of the answer, where it is known before; else `weigh` says it when it is there
   */
  async get(
    key: string,
    signal: AbortSignal,
    make: () => Promise<V>,
    weigh: (value: V) => number = () => 1,
  ): Promise<V> {
    for (;;) {
      const before = this.#entries.get(key);
      if (before !== undefined) this.#use(key, before);
      try {
        return await (before?.value ?? this.#make(key, make, weigh));
      } catch (error) {
        if (isAbort(error) && !signal.aborted && before !== undefined) continue;
        throw error;
      }
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  #make(key: string, make: () => Promise<V>, weigh: (value: V) => number): Promise<V> {
    const value = make();
    this.#entries.set(key, { value, weight: 0 });
    value.then(
      (made) => {
        if (this.#entries.get(key)?.value !== value) return;
        this.#use(key, { value, weight: weigh(made) });
        this.#makeRoom(key);
      },
      () => {
        if (this.#entries.get(key)?.value === value) this.#entries.delete(key);
      },
    );
    return value;
  }

  #use(key: string, entry: Entry<V>): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }

  #makeRoom(newest: string): void {
    let total = [...this.#entries.values()].reduce((sum, { weight }) => sum + weight, 0);
    for (const [key, { weight }] of this.#entries) {
      if (total <= this.#mostWeight) return;
      if (key === newest) continue;
      this.#entries.delete(key);
      total -= weight;
    }
  }
}
