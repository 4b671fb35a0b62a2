import type { CellState } from './cell';
import type { VerdictState } from './verdict';

/** Counts of a run; always computed from the states, never stored. */
export interface Progress {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly running: number;
  readonly verdictsTotal: number;
  readonly verdictsDone: number;
  readonly verdictsFailed: number;
}

/** What was measured of the cells and verdicts that finished since the run was (re)started. */
export interface Pace {
  readonly finished: number;
  readonly elapsedMs: number;
  readonly newTokens: number;
}

export function progressOf(cells: Iterable<CellState>, verdicts: Iterable<VerdictState>): Progress {
  const cell = countByStatus(cells);
  const verdict = countByStatus(verdicts);
  return {
    total: cell.total,
    done: cell.done,
    failed: cell.failed,
    running: cell.running + verdict.running,
    verdictsTotal: verdict.total,
    verdictsDone: verdict.done,
    verdictsFailed: verdict.failed,
  };
}

function countByStatus(states: Iterable<{ readonly status: CellState['status'] }>) {
  const counts = { total: 0, waiting: 0, running: 0, done: 0, failed: 0 };
  for (const { status } of states) {
    counts.total += 1;
    counts[status] += 1;
  }
  return counts;
}

/** Work units that are settled and all of them: a verdict counts as one cell. */
export function unitsOf(progress: Progress): { readonly settled: number; readonly all: number } {
  return {
    settled: progress.done + progress.failed + progress.verdictsDone + progress.verdictsFailed,
    all: progress.total + progress.verdictsTotal,
  };
}

/** Milliseconds left at the measured pace, or null before anything was measured. */
export function timeLeftMs(progress: Progress, pace: Pace): number | null {
  if (pace.finished === 0 || pace.elapsedMs <= 0) return null;
  const { settled, all } = unitsOf(progress);
  return ((all - settled) * pace.elapsedMs) / pace.finished;
}

export function tokensPerSecond(pace: Pace): number | null {
  return pace.elapsedMs <= 0 || pace.newTokens === 0
    ? null
    : (pace.newTokens * 1000) / pace.elapsedMs;
}
