import { AppError, type ErrorData } from '../../../src/core/errors';
import { pauseMs, type Patience } from '../../../src/core/hub/back-off';
import { RequestFailure } from './request';

export interface RetryOptions {
  readonly patience: Patience;
  readonly signal: AbortSignal;
  /** Told when a pause begins, with its length. */
  readonly onPause?: (why: ErrorData, forMs: number) => void;
}

/**
 * Tries until it succeeds, until trying again makes no sense, or until patience is at its end. An attempt that got further
 * (`progress` grew) starts the count again.
 * @throws AppError of the last failure
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { patience, signal, onPause }: RetryOptions,
  progress: () => number = () => 0,
): Promise<T> {
  let failed = 0;
  let reached = progress();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      const { code, detail } = error.error;
      if (error.retry === 'no') throw new AppError(code, detail);
      const now = progress();
      failed = now > reached ? 1 : failed + 1;
      reached = now;
      // A new address is asked for at once, but not for ever.
      if (error.retry === 'at-once' && failed === 1) continue;
      const asked = error.askedMs === undefined ? {} : { askedMs: error.askedMs };
      const pause = pauseMs(patience, failed, { code, ...asked }, Math.random());
      if (pause === undefined) throw new AppError(code, detail);
      onPause?.(error.error, pause);
      await sleep(pause, signal);
    }
  }
}

/** @throws AppError `aborted` */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new AppError('aborted'));
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(new AppError('aborted'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
