/** What browsers without the Screen Wake Lock API don't have. */
type MaybeWakeLock = { readonly wakeLock?: WakeLock };

export function canKeepAwake(): boolean {
  return (navigator as MaybeWakeLock).wakeLock !== undefined;
}

/**
 * Keeps the screen, and with it the machine, from going to sleep until the signal aborts. The browser takes the lock back when the
 * tab is hidden; it is asked for again when the tab comes back.
 */
export function keepAwake(signal: AbortSignal): void {
  const { wakeLock } = navigator as MaybeWakeLock;
  if (wakeLock === undefined) return;
  let held: WakeLockSentinel | undefined;
  const ask = async () => {
    if (document.hidden) return;
    try {
      held = await wakeLock.request('screen');
      if (signal.aborted) await held.release();
    } catch {
      // Not on a low battery, nor where a policy forbids it: the run goes on without.
    }
  };
  document.addEventListener('visibilitychange', () => void ask(), { signal });
  signal.addEventListener('abort', () => void held?.release());
  void ask();
}
