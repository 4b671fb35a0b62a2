/** Work of one slice: a third of what people notice, so that frames and keys come between. */
const SLICE_MS = 12;

declare const scheduler: { yield?(): Promise<void> } | undefined;

/** Lets the browser draw and answer keys. */
function breath(): Promise<void> {
  const own = typeof scheduler === 'undefined' ? undefined : scheduler.yield?.();
  return own ?? new Promise((resolve) => setTimeout(resolve));
}

/**
 * Goes through a list without holding up the page: a few milliseconds at a time.
 * @returns false where `signal` ended it before
 */
export async function inSlices<T>(
  list: readonly T[],
  each: (item: T) => void,
  signal: AbortSignal,
  onSlice: () => void = () => undefined,
): Promise<boolean> {
  let started = performance.now();
  for (const item of list) {
    if (signal.aborted) return false;
    each(item);
    if (performance.now() - started < SLICE_MS) continue;
    onSlice();
    await breath();
    started = performance.now();
  }
  return !signal.aborted;
}
