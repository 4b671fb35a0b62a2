/** Work of one slice: a third of what people notice, so that frames and keys come between. */
const SLICE_MS = 12;

declare const scheduler: { yield?(): Promise<void> } | undefined;

/** Lets the browser draw and answer keys. */
function breath(): Promise<void> {
  const own = typeof scheduler === 'undefined' ? undefined : scheduler.yield?.();
  return own ?? new Promise((resolve) => setTimeout(resolve));
}

/** Resolves some seconds after what was just shown, when the page has nothing else to do. */
export async function whenIdle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 3000));
  // Safari has none.
  if ('requestIdleCallback' in globalThis)
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 5000 }));
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
  // What is done with it all does not begin in the last slice.
  await breath();
  return !signal.aborted;
}
