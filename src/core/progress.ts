import type { CellState } from './cell';
import type { VerdictState } from './verdict';

/** How many stand how. */
export type Counts = Readonly<Record<CellState['status'], number>>;

export const NO_COUNTS: Counts = { waiting: 0, skipped: 0, running: 0, done: 0, failed: 0 };

/** Counts of a run; always computed from the states, never stored. What was left out of it is not in the totals. */
export interface Progress {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly running: number;
  readonly skipped: number;
  readonly verdictsTotal: number;
  readonly verdictsDone: number;
  readonly verdictsFailed: number;
}

export function progressFrom(cells: Counts, verdicts: Counts): Progress {
  return {
    total: totalOf(cells),
    done: cells.done,
    failed: cells.failed,
    running: cells.running + verdicts.running,
    skipped: cells.skipped,
    verdictsTotal: totalOf(verdicts),
    verdictsDone: verdicts.done,
    verdictsFailed: verdicts.failed,
  };
}

export function progressOf(cells: Iterable<CellState>, verdicts: Iterable<VerdictState>): Progress {
  return progressFrom(countsOf(cells), countsOf(verdicts));
}

export function countsOf(states: Iterable<{ readonly status: CellState['status'] }>): Counts {
  const counts = { ...NO_COUNTS };
  for (const { status } of states) counts[status] += 1;
  return counts;
}

/** @param added and @param removed of the same kind of states */
export function changedCounts(counts: Counts, added: Counts, removed: Counts): Counts {
  const of = (status: CellState['status']) => counts[status] + added[status] - removed[status];
  return {
    waiting: of('waiting'),
    skipped: of('skipped'),
    running: of('running'),
    done: of('done'),
    failed: of('failed'),
  };
}

function totalOf({ waiting, running, done, failed }: Counts): number {
  return waiting + running + done + failed;
}

/** Work units that are settled and all of them: a verdict counts as one cell. */
export function unitsOf(progress: Progress): { readonly settled: number; readonly all: number } {
  return {
    settled: progress.done + progress.failed + progress.verdictsDone + progress.verdictsFailed,
    all: progress.total + progress.verdictsTotal,
  };
}

/** What is left of a run, in units by the kind of their work: see `workKind`. */
export type OpenWork = ReadonlyMap<string, number>;

/** What decides how long a unit takes: model and prompt of a description, model of a check (`CHECK`); the judge of a verdict. */
export function workKind(modelId: string, promptId = ''): string {
  return `${modelId}|${promptId}`;
}

/** The prompt of a model's answers for the claims about an image, as a kind of work. */
export const CHECK = 'check ';

/** What was measured of units that were finished since the run was (re)started. */
interface Measured {
  readonly units: number;
  readonly ms: number;
}

/** For the speed now: so long back, in ms. */
const NOW_MS = 30_000;

/** A unit's work as it was measured. */
export interface DoneUnit {
  readonly kind: string;
  /** That its own work took. */
  readonly ms: number;
  readonly newTokens: number;
}

/** What was measured since a run was (re)started, without the time that it was paused. */
export interface Pace {
  readonly elapsedMs: number;
  readonly newTokens: number;
  readonly byKind: ReadonlyMap<string, Measured>;
  /** Newest last: when, and the tokens; not older than the speed now is made of. */
  readonly recent: readonly { readonly atMs: number; readonly newTokens: number }[];
}

export const NO_PACE: Pace = { elapsedMs: 0, newTokens: 0, byKind: new Map(), recent: [] };

/** @param elapsedMs since the start */
export function withDone(pace: Pace, { kind, ms, newTokens }: DoneUnit, elapsedMs: number): Pace {
  const before = pace.byKind.get(kind) ?? { units: 0, ms: 0 };
  const measured = { units: before.units + 1, ms: before.ms + ms };
  return {
    elapsedMs,
    newTokens: pace.newTokens + newTokens,
    byKind: new Map([...pace.byKind, [kind, measured]]),
    recent: [
      ...pace.recent.filter(({ atMs }) => elapsedMs - atMs < NOW_MS),
      { atMs: elapsedMs, newTokens },
    ],
  };
}

export function unitsDone({ byKind }: Pace): number {
  return [...byKind.values()].reduce((sum, { units }) => sum + units, 0);
}

/**
 * Milliseconds left, or null before anything was measured: what is open takes as long as the same model took for the same prompt
 * before, else as it took for others, else as all have taken; side by side as much as it was so far.
 */
export function timeLeftMs(open: OpenWork, pace: Pace): number | null {
  const measured = [...pace.byKind.values()];
  const busyMs = measured.reduce((sum, { ms }) => sum + ms, 0);
  if (busyMs <= 0 || pace.elapsedMs <= 0) return null;
  let openMs = 0;
  for (const [kind, units] of open) openMs += units * expectedMs(kind, pace);
  return (openMs * pace.elapsedMs) / busyMs;
}

function expectedMs(kind: string, { byKind }: Pace): number {
  const [modelId = ''] = kind.split('|');
  const own = byKind.get(kind);
  const ofModel = [...byKind].flatMap(([other, measured]) =>
    other.startsWith(`${modelId}|`) ? [measured] : [],
  );
  return (
    meanMs(own === undefined ? [] : [own]) ?? meanMs(ofModel) ?? meanMs([...byKind.values()]) ?? 0
  );
}

function meanMs(measured: readonly Measured[]): number | null {
  const units = measured.reduce((sum, one) => sum + one.units, 0);
  return units === 0 ? null : measured.reduce((sum, { ms }) => sum + ms, 0) / units;
}

/** Tokens a second since the start, and of late. */
export interface Speed {
  readonly average: number;
  readonly now: number;
}

export function speedOf({ elapsedMs, newTokens, recent }: Pace): Speed | null {
  if (elapsedMs <= 0 || newTokens === 0) return null;
  const average = (newTokens * 1000) / elapsedMs;
  // The first of them tells when the others began, and nothing of how long it took itself.
  const [first, ...later] = recent;
  const last = later.at(-1);
  if (first === undefined || last === undefined || last.atMs <= first.atMs)
    return { average, now: average };
  const tokens = later.reduce((sum, one) => sum + one.newTokens, 0);
  return { average, now: (tokens * 1000) / (last.atMs - first.atMs) };
}
