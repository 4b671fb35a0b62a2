/**
 * Does the work for each item, up to `atOnce` at a time, and hands on the results in the order of the items. Items are taken as
 * fast as they are listed, so that a listing that takes long does not hold up the work, nor the work the listing.
 * Stops taking items, and starting work, when `signal` is aborted: what is under way is finished and handed on.
 * @throws what the listing throws; `work` must not throw
 */
export async function inOrder<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  { atOnce, signal }: { readonly atOnce: number; readonly signal: AbortSignal },
  steps: {
    readonly onFound: () => void;
    readonly work: (item: T) => Promise<R>;
    readonly onResult: (result: R) => void;
    /** Was found, but not begun when it was stopped. */
    readonly onLeftOut: () => void;
  },
): Promise<void> {
  const waiting: T[] = [];
  const finished = new Map<number, R>();
  const running = new Set<Promise<void>>();
  /** Places: of the next item to begin with, and of the next result to hand on. */
  let begun = 0;
  let handedOn = 0;

  async function work(item: T, place: number): Promise<void> {
    finished.set(place, await steps.work(item));
    while (finished.has(handedOn)) {
      const result = finished.get(handedOn) as R;
      finished.delete(handedOn);
      handedOn += 1;
      steps.onResult(result);
    }
  }
  function begin(): void {
    while (running.size < atOnce && begun < waiting.length && !signal.aborted) {
      const place = begun;
      begun += 1;
      const job = work(waiting[place] as T, place).finally(() => {
        running.delete(job);
        begin();
      });
      running.add(job);
    }
  }

  try {
    for await (const item of items) {
      if (signal.aborted) break;
      waiting.push(item);
      steps.onFound();
      begin();
    }
  } finally {
    while (running.size > 0) await Promise.race(running);
    for (let left = begun; left < waiting.length; left += 1) steps.onLeftOut();
  }
}
