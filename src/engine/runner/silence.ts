import { AppError } from '../../core/errors';

/** How long a worker may say nothing before it counts as dead, in ms. Its thread computes and can't answer meanwhile. */
export const SILENCE_MS = {
  load: 600_000,
  /** Also the prompt, before an answer's first token. */
  look: 300_000,
  token: 60_000,
} as const;

/** Between two tokens it may take so many times as long as it took at most before. */
const PATIENCE = 20;

/** Counted in steps: a machine that was asleep has not waited. */
const STEP_MS = 5_000;

/**
 * Waits for a worker's call as long as it is heard of.
 * @param limitMs before the first sign
 * @param work calls `heard` at every sign of life, with the limit for the next; a slow machine gets more
 * @throws AppError `worker-silent` when it was not heard of for too long; the call itself goes on until its worker is ended
 */
export function whileHeard<T>(
  limitMs: number,
  work: (heard: (nextLimitMs: number) => void) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let silentMs = 0;
    let limit = limitMs;
    let lastAt: number | undefined;
    let slowestMs = 0;
    const heard = (nextLimitMs: number) => {
      const now = performance.now();
      if (lastAt !== undefined) slowestMs = Math.max(slowestMs, now - lastAt);
      lastAt = now;
      silentMs = 0;
      limit = Math.max(nextLimitMs, PATIENCE * slowestMs);
    };
    const timer = setInterval(() => {
      silentMs += STEP_MS;
      if (silentMs < limit) return;
      clearInterval(timer);
      reject(new AppError('worker-silent', `nothing for ${String(silentMs / 1000)} s`));
    }, STEP_MS);
    work(heard)
      .finally(() => clearInterval(timer))
      .then(resolve, reject);
  });
}
