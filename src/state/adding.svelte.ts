import { toErrorData, type ErrorData } from '../core/errors';
import type { ImageItem } from '../core/image';
import { inOrder } from '../core/in-order';
import type { InspectedImage } from '../core/protocol';
import { takeIn, type Candidate, type IntakeResult } from '../sources/intake';

/** A file that did not become an image, and why. */
export interface Refusal {
  readonly id: string;
  readonly name: string;
  readonly error: ErrorData;
}

export interface AddingProgress {
  readonly done: number;
  readonly found: number;
  /** Seconds left, once some are done and all are found. */
  readonly secondsLeft: number | undefined;
}

/** Looks into bytes. @throws AppError with an `image-…` code */
export type Inspect = (blob: Blob) => Promise<InspectedImage>;

/** Under way together: while some are decoded, others are read or fetched. */
const AT_ONCE = 6;

/** Results come to the screen together: at once for a few, seldom where each makes a long list anew. */
const SHORTEST_WAIT_MS = 80;
const WAIT_MS_PER_IMAGE = 0.05;

/** What is being looked into, and what was refused. */
export class AddingState {
  #refusals = $state.raw<readonly Refusal[]>([]);
  #found = $state(0);
  #done = $state(0);
  /** Sources that are still being listed. */
  #listing = $state(0);
  /** Of which more adds may come. */
  #gestures = 0;
  #startedAt = 0;
  #ready: IntakeResult[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop = new AbortController();
  readonly #inspect: Inspect;
  readonly #onImages: (images: readonly ImageItem[]) => void;
  /** How many pictures there are. */
  readonly #count: () => number;

  constructor(
    inspect: Inspect,
    onImages: (images: readonly ImageItem[]) => void,
    count: () => number,
  ) {
    this.#inspect = inspect;
    this.#onImages = onImages;
    this.#count = count;
  }

  get refusals(): readonly Refusal[] {
    return this.#refusals;
  }

  /** null while nothing comes in. */
  get progress(): AddingProgress | null {
    if (this.#listing === 0 && this.#found === 0) return null;
    const [done, found] = [this.#done, this.#found];
    const isKnown = this.#listing === 0 && done > 10;
    const msEach = (performance.now() - this.#startedAt) / done;
    return { done, found, secondsLeft: isKnown ? ((found - done) * msEach) / 1000 : undefined };
  }

  /**
   * Takes in what is listed; a bad one is refused in its own row and the others go on. A listing that fails is refused as a
   * whole, under `name`; what it has listed until then is taken in.
   */
  async add(
    candidates: AsyncIterable<Candidate> | Iterable<Candidate>,
    name = 'Pictures',
  ): Promise<void> {
    const { signal } = this.#stop;
    if (this.progress === null) this.#startedAt = performance.now();
    this.#forgetEarlier();
    this.#listing += 1;
    const listed = () => (this.#listing -= 1);
    try {
      await inOrder(
        endingWith(candidates, listed),
        { atOnce: AT_ONCE, signal },
        {
          onFound: () => (this.#found += 1),
          work: (candidate) => takeIn(candidate, this.#inspect),
          onResult: (result) => this.#take(result),
          onLeftOut: () => (this.#found -= 1),
        },
      );
    } catch (error) {
      this.#take({ kind: 'refused', id: `source:${name}`, name, error: toErrorData(error) });
      this.#found += 1;
    } finally {
      this.#show();
      if (this.#listing === 0 && this.#done >= this.#found) {
        this.#found = 0;
        this.#done = 0;
      }
    }
  }

  /**
   * Adds of one gesture, one after the other: several folders, ZIPs and files that were brought together.
   * @param work stops when the signal is aborted
   */
  async together(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#forgetEarlier();
    this.#gestures += 1;
    try {
      await work(this.#stop.signal);
    } finally {
      this.#gestures -= 1;
    }
  }

  /** What was refused before is of no concern to what comes now. */
  #forgetEarlier(): void {
    if (this.progress === null && this.#gestures === 0) this.#refusals = [];
  }

  /** What has not been begun is left out. */
  stop(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  dismiss(ids: ReadonlySet<string>): void {
    this.#refusals = this.#refusals.filter(({ id }) => !ids.has(id));
  }

  dismissAll(): void {
    this.#refusals = [];
  }

  #take(result: IntakeResult): void {
    this.#ready.push(result);
    const waitMs = Math.max(SHORTEST_WAIT_MS, this.#count() * WAIT_MS_PER_IMAGE);
    this.#timer ??= setTimeout(() => this.#show(), waitMs);
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const ready = this.#ready;
    if (ready.length === 0) return;
    this.#ready = [];
    this.#done += ready.length;
    const refused = ready.flatMap((result) => (result.kind === 'refused' ? [result] : []));
    // Whoever is tried again has no old row beside its new one.
    const now = new Set(
      ready.map((result) => (result.kind === 'image' ? result.image.id : result.id)),
    );
    const before = this.#refusals.filter(({ id }) => !now.has(id));
    if (refused.length > 0 || before.length < this.#refusals.length)
      this.#refusals = [...before, ...new Map(refused.map((one) => [one.id, one])).values()];
    const images = ready.flatMap((result) => (result.kind === 'image' ? [result.image] : []));
    if (images.length > 0) this.#onImages(images);
  }
}

/** Calls `ended` when the listing ends, however it ends. */
async function* endingWith<T>(
  items: AsyncIterable<T> | Iterable<T>,
  ended: () => void,
): AsyncGenerator<T> {
  try {
    yield* items;
  } finally {
    ended();
  }
}
