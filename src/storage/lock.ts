/**
 * Runs `work` while this realm holds a lock that all tabs and workers of the site share. Without locks (insecure contexts)
 * everybody works for themselves.
 * @throws what `work` throws, and the signal's reason when it is aborted before its turn
 */
export async function withLock<T>(
  name: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const { navigator } = globalThis as {
    readonly navigator?: { readonly locks?: LockManager | null };
  };
  const locks = navigator?.locks ?? undefined;
  if (locks === undefined) return work();
  const lock = { isHeld: false };
  try {
    return await locks.request(name, signal === undefined ? {} : { signal }, () => {
      lock.isHeld = true;
      return work();
    });
  } catch (error) {
    // A browser that keeps nothing for this site gives no locks either.
    if (lock.isHeld || signal?.aborted === true) throw error;
    return work();
  }
}
