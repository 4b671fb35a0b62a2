import type { ErrorCode } from '../errors';

/** How long to wait for what; milliseconds. */
export interface Patience {
  /** Without a byte for so long, a request counts as stalled. */
  readonly stallMs: number;
  /** Pauses before the second, third, … attempt; after the last one it is given up. */
  readonly pausesMs: readonly number[];
  /** The same after 429: the Hub counts requests in windows of five minutes, and pages can't read its `Retry-After`. */
  readonly limitedPausesMs: readonly number[];
}

export const PATIENCE: Patience = {
  stallMs: 30_000,
  pausesMs: [1000, 2000, 4000, 8000, 16_000],
  limitedPausesMs: [5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000, 60_000],
};

/** Longest pause that a server may ask for. */
const MAX_PAUSE_MS = 300_000;

/**
 * The pause before another attempt, or undefined when it is time to give up.
 * @param failed how many attempts have failed, 1 or more
 * @param askedMs what the server asked for, where that can be read
 * @param random 0..1: many that were refused together must not come back together
 */
export function pauseMs(
  { pausesMs, limitedPausesMs }: Patience,
  failed: number,
  { code, askedMs = 0 }: { readonly code: ErrorCode; readonly askedMs?: number },
  random = 0.5,
): number | undefined {
  const pause = (code === 'rate-limited' ? limitedPausesMs : pausesMs)[failed - 1];
  if (pause === undefined) return undefined;
  return Math.min(MAX_PAUSE_MS, Math.max(askedMs, pause * (0.8 + 0.4 * random)));
}

/** `Retry-After` in milliseconds: seconds or a date; undefined where there is none. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
