import type { ErrorData } from './errors';

/**
 * What becomes of a model's files: `elsewhere` another tab fetches them; `waiting` between two attempts; `checking` all is
 * here and its hashes are computed.
 */
export type FetchPhase =
  | { readonly kind: 'fetching' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'waiting'; readonly why: ErrorData; readonly forMs: number };

/** Bytes of all files of a model that are here, also those that were here before. */
export interface FetchedSoFar {
  readonly bytes: number;
  readonly totalBytes: number;
  readonly phase: FetchPhase;
}

export interface DownloadProgress extends FetchedSoFar {
  /** Smoothed; null before there is anything to tell from. */
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** The rate of one download; give it back with the next sample. */
export interface RateSample {
  readonly bytes: number;
  readonly atMs: number;
  readonly bytesPerSecond: number | null;
}

/** After so long a change of the speed is seen in full by two thirds. */
const SMOOTHING_MS = 4000;
/** Closer together samples say more about the browser's buffers than about the network. */
const MIN_INTERVAL_MS = 400;

/** Exponentially smoothed over time, however irregular the samples are. Bytes that are thrown away do not count against it. */
export function nextRate(before: RateSample | undefined, bytes: number, atMs: number): RateSample {
  if (before === undefined || bytes < before.bytes)
    return { bytes, atMs, bytesPerSecond: before?.bytesPerSecond ?? null };
  const elapsedMs = atMs - before.atMs;
  if (elapsedMs < MIN_INTERVAL_MS) return before;
  const current = ((bytes - before.bytes) * 1000) / elapsedMs;
  const weight = 1 - Math.exp(-elapsedMs / SMOOTHING_MS);
  const smoothed =
    before.bytesPerSecond === null
      ? current
      : before.bytesPerSecond + weight * (current - before.bytesPerSecond);
  return { bytes, atMs, bytesPerSecond: smoothed };
}

export function progressWith(soFar: FetchedSoFar, bytesPerSecond: number | null): DownloadProgress {
  return { ...soFar, bytesPerSecond, secondsLeft: secondsLeft(soFar, bytesPerSecond) };
}

/** Several downloads as one: null for what one of them can't tell yet only where none can. */
export function overall(
  downloads: readonly DownloadProgress[],
): Pick<DownloadProgress, 'bytes' | 'totalBytes' | 'bytesPerSecond' | 'secondsLeft'> {
  const bytes = downloads.reduce((sum, each) => sum + each.bytes, 0);
  const totalBytes = downloads.reduce((sum, each) => sum + each.totalBytes, 0);
  const rates = downloads.flatMap(({ bytesPerSecond: rate }) => (rate === null ? [] : [rate]));
  const bytesPerSecond = rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate, 0);
  return {
    bytes,
    totalBytes,
    bytesPerSecond,
    secondsLeft: secondsLeft({ bytes, totalBytes }, bytesPerSecond),
  };
}

function secondsLeft(
  { bytes, totalBytes }: Pick<FetchedSoFar, 'bytes' | 'totalBytes'>,
  bytesPerSecond: number | null,
): number | null {
  if (bytes >= totalBytes) return 0;
  if (bytesPerSecond === null || bytesPerSecond < 1) return null;
  return (totalBytes - bytes) / bytesPerSecond;
}
