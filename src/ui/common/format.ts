export { formatBytes } from '../../core/bytes';

/** A length of time as people say it: "8 s", "4 min", "2 h 10 min". */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${String(Math.max(1, seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  const rest = minutes % 60;
  const hours = `${String(Math.floor(minutes / 60))} h`;
  return rest === 0 ? hours : `${hours} ${String(rest)} min`;
}

/** Measured times, short: "340 ms", "1.2 s". */
export function formatMeasured(ms: number): string {
  return ms < 1000 ? `${String(Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

export function formatPercent(share: number): string {
  return `${String(Math.round(share * 100))} %`;
}

/** "1 picture", "3 pictures". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** "2 runs and 1 edit": of each kind how many, but those there are none of. Empty where there is nothing. */
export function someOf(
  parts: readonly (readonly [count: number, one: string, many?: string])[],
): string {
  return listed(parts.filter(([count]) => count > 0).map((part) => counted(...part)));
}

/** "a, b and c". */
export function listed(parts: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(parts);
}
