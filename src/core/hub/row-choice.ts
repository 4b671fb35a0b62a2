import { seededRandom } from '../random';

/** Which rows of a part somebody wants; rows are 0-based, `last` is inclusive. */
export type RowChoice =
  | {
      readonly kind: 'range';
      readonly first: number;
      readonly last: number;
      readonly every: number;
    }
  | { readonly kind: 'random'; readonly count: number; readonly seed: number }
  | { readonly kind: 'search'; readonly query: string; readonly most: number };

export type CountedChoice = Exclude<RowChoice, { kind: 'search' }>;

/** How many rows that is, of so many. */
export function chosenCount(choice: CountedChoice, total: number): number {
  if (choice.kind === 'random') return Math.max(0, Math.min(choice.count, total));
  const last = Math.min(choice.last, total - 1);
  if (last < choice.first) return 0;
  return Math.floor((last - choice.first) / Math.max(1, choice.every)) + 1;
}

/** The rows, in ascending order; the same for the same seed. */
export function* chosenRows(choice: CountedChoice, total: number): Generator<number> {
  if (choice.kind === 'random') {
    yield* randomRows(chosenCount(choice, total), total, choice.seed);
    return;
  }
  const last = Math.min(choice.last, total - 1);
  for (let row = Math.max(0, choice.first); row <= last; row += Math.max(1, choice.every))
    yield row;
}

/** Without repetition (R. Floyd's algorithm), sorted, so that neighbours are read together. */
function randomRows(count: number, total: number, seed: number): number[] {
  const random = seededRandom(seed);
  const chosen = new Set<number>();
  for (let top = total - count; top < total; top += 1) {
    const row = Math.floor(random() * (top + 1));
    chosen.add(chosen.has(row) ? top : row);
  }
  return [...chosen].sort((a, b) => a - b);
}

/** Rows `start` to `start + length - 1`, and which of them are wanted. */
export interface RowSpan {
  readonly start: number;
  readonly length: number;
  readonly rows: readonly number[];
}

/**
 * Rows that are asked for together: those in between cost the viewer work and us nothing, so small gaps are bridged.
 * @param rows ascending
 */
export function rowSpans(
  rows: readonly number[],
  { mostRows = 100, mostGap = 4 }: { readonly mostRows?: number; readonly mostGap?: number } = {},
): RowSpan[] {
  const spans: { start: number; rows: number[] }[] = [];
  for (const row of rows) {
    const span = spans.at(-1);
    const before = span?.rows.at(-1);
    const fits =
      span !== undefined &&
      before !== undefined &&
      row - before <= mostGap + 1 &&
      row - span.start < mostRows;
    if (fits) span.rows.push(row);
    else spans.push({ start: row, rows: [row] });
  }
  return spans.map(({ start, rows: wanted }) => ({
    start,
    length: (wanted.at(-1) ?? start) - start + 1,
    rows: wanted,
  }));
}
