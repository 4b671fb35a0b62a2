import type { JudgeWorker } from './judge-worker';
import type { LaneWorker } from './lane-worker';

type Kept = LaneWorker | JudgeWorker;

/** Workers with their loaded models, between the end of one plan of a run and the beginning of the next. */
export class Crew {
  readonly #kept = new Map<string, Kept>();

  keep(key: string, worker: Kept): void {
    this.#kept.set(key, worker);
  }

  has(key: string): boolean {
    return this.#kept.has(key);
  }

  /** The one that was kept, which is the caller's from now on. */
  take<T extends Kept>(key: string, isIt: (worker: Kept) => worker is T): T | undefined {
    const worker = this.#kept.get(key);
    if (worker === undefined || !isIt(worker)) return undefined;
    this.#kept.delete(key);
    return worker;
  }

  /** Ends all that nobody has taken. */
  dismissAll(): void {
    for (const worker of this.#kept.values()) worker.drop();
    this.#kept.clear();
  }
}
