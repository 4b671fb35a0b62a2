import type { Run } from './run';

/** What a description or a verdict took, in ms, by what decides it most: models, judge, device. Newest last. */
export type PaceBook = Readonly<Record<string, number>>;

type Choices = Pick<Run, 'models' | 'judge' | 'judgeMode' | 'device' | 'threads'>;

/** So many combinations of models are remembered. */
const MOST = 24;
/** Fewer say more about how models start than about how they work. */
const FEWEST_UNITS = 4;

function paceKey({ models, judge, judgeMode, device, threads }: Choices): string {
  const names = models.map(({ id, precision }) => `${id} ${precision}`).sort();
  return [device, threads, judge === null ? '' : `${judge.id} ${judgeMode}`, ...names].join('|');
}

/** The book with what was measured of a run. @param units descriptions and verdicts that were made in that time */
export function withPace(
  book: PaceBook,
  choices: Choices,
  { units, elapsedMs }: { readonly units: number; readonly elapsedMs: number },
): PaceBook {
  if (units < FEWEST_UNITS || elapsedMs <= 0) return book;
  const key = paceKey(choices);
  const others = Object.entries(book).filter(([other]) => other !== key);
  return Object.fromEntries([...others.slice(1 - MOST), [key, elapsedMs / units]]);
}

/** How long so many descriptions and verdicts will take; null where nothing like it was measured on this device. */
export function expectedMs(book: PaceBook, choices: Choices, units: number): number | null {
  const msPerUnit = book[paceKey(choices)];
  return msPerUnit === undefined ? null : msPerUnit * units;
}
