import { folded, type Reading } from './reading';
import { similarity } from './similar';

/** One line of the picture and what each list has for it, by the list's index. */
export interface Column {
  readonly readings: ReadonlyMap<number, Reading>;
}

/** From which on two readings are of one line. Short ones differ in few letters and say different things: "A3", "A8". */
const ALIKE = 0.6;
const ALIKE_SHORT = 0.75;
const FEW_LETTERS = 5;
/** A letter of these says as much as a syllable or a word. */
const FULL_LETTERS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Of one line against several that it was broken into. */
const ALIKE_BROKEN = 0.85;
const MOST_BROKEN = 4;

function alike(a: string, b: string): number {
  const alikeness = similarity(a, b);
  const isShort = Math.min(a.length, b.length) <= FEW_LETTERS && !FULL_LETTERS.test(a);
  const least = isShort ? ALIKE_SHORT : ALIKE;
  return alikeness >= least ? alikeness : 0;
}

/**
 * Lists of lines side by side, as ROVER does with words (Fiscus 1997): one list after the other is aligned with what is there, in
 * order where it can be, then what stands elsewhere. A line that one list has whole and another one broken is broken.
 */
export function aligned(lists: readonly (readonly Reading[])[]): Column[] {
  let columns: Map<number, Reading>[] = [];
  for (const [index, list] of lists.entries()) columns = joined(columns, list, index);
  return columns.map((readings) => ({ readings }));
}

function joined(
  broke: readonly Map<number, Reading>[],
  list: readonly Reading[],
  index: number,
): Map<number, Reading>[] {
  const columns = mended(broke, list);
  const keys = columns.map(keyOf);
  const lines = broken(list, keys, columns);
  const folds = lines.map(({ original }) => folded(original));
  const place = inOrder(keys, folds);
  // What is left may stand elsewhere in the other lists.
  const taken = new Set(place.filter((at) => at !== undefined));
  for (const [row, fold] of folds.entries()) {
    if (place[row] !== undefined) continue;
    const scores = keys.map((key, at) => (taken.has(at) ? 0 : alike(key, fold)));
    const best = Math.max(0, ...scores);
    if (best === 0) continue;
    const at = scores.indexOf(best);
    place[row] = at;
    taken.add(at);
  }
  const after = new Map<number, Map<number, Reading>[]>();
  const result = columns.map((column) => new Map(column));
  let last = -1;
  for (const [row, line] of lines.entries()) {
    const at = place[row];
    if (at === undefined) after.set(last, [...(after.get(last) ?? []), new Map([[index, line]])]);
    else {
      result[at]?.set(index, line);
      last = at;
    }
  }
  return [
    ...(after.get(-1) ?? []),
    ...result.flatMap((column, at) => [column, ...(after.get(at) ?? [])]),
  ];
}

/** What most of a column's readings are like: the longest of the first two. */
function keyOf(column: ReadonlyMap<number, Reading>): string {
  const folds = [...column.values()].map(({ original }) => folded(original));
  const counts = new Map<string, number>();
  for (const fold of folds) counts.set(fold, (counts.get(fold) ?? 0) + 1);
  return folds.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))[0] ?? '';
}

/** For each row its column: the alignment in order with the largest sum of likenesses (Needleman and Wunsch 1970). */
function inOrder(keys: readonly string[], folds: readonly string[]): (number | undefined)[] {
  const width = keys.length + 1;
  const likeness = folds.map((fold) => keys.map((key) => alike(key, fold)));
  const best = new Float64Array((folds.length + 1) * width);
  const at = (row: number, column: number): number => best[row * width + column] ?? 0;
  for (let row = 1; row <= folds.length; row += 1)
    for (let column = 1; column < width; column += 1) {
      const both = likeness[row - 1]?.[column - 1] ?? 0;
      best[row * width + column] = Math.max(
        at(row - 1, column),
        at(row, column - 1),
        both > 0 ? at(row - 1, column - 1) + both : 0,
      );
    }
  const place = folds.map((): number | undefined => undefined);
  for (let row = folds.length, column = keys.length; row > 0 && column > 0;) {
    if (at(row, column) === at(row - 1, column)) row -= 1;
    else if (at(row, column) === at(row, column - 1)) column -= 1;
    else {
      row -= 1;
      column -= 1;
      place[row] = column;
    }
  }
  return place;
}

/** The columns with those put together that one line of the list is, if a meaning of the whole line would be lost else. */
function mended(
  columns: readonly Map<number, Reading>[],
  list: readonly Reading[],
): readonly Map<number, Reading>[] {
  return list.reduce((all, { original, english }) => {
    if (english === '') return all;
    const keys = all.map(keyOf);
    const fold = folded(original);
    const parts = brokenAt(fold, keys);
    if (parts === undefined) return all;
    const merged = new Map<number, Reading>();
    for (const index of new Set(parts.flatMap((at) => [...(all[at]?.keys() ?? [])])))
      merged.set(index, oneOf(parts.flatMap((at) => all[at]?.get(index) ?? [])));
    return [...all.slice(0, parts[0]), merged, ...all.slice((parts.at(-1) ?? 0) + 1)];
  }, columns);
}

/** The list with its lines broken where the columns are, if no meaning of the whole line is lost by it; and put together the other way. */
function broken(
  list: readonly Reading[],
  keys: readonly string[],
  columns: readonly Map<number, Reading>[],
): Reading[] {
  const whole = list.flatMap((line) => {
    const fold = folded(line.original);
    const parts = line.english === '' ? brokenAt(fold, keys) : undefined;
    return parts === undefined
      ? [line]
      : pieces(
          line,
          parts.map((at) => textOf(columns[at])),
        );
  });
  const together: Reading[] = [];
  for (let at = 0; at < whole.length;) {
    const run = runLike(whole.slice(at, at + MOST_BROKEN), keys);
    const lines = whole.slice(at, at + Math.max(1, run));
    const [first] = lines;
    if (first === undefined) break;
    together.push(lines.length === 1 ? first : oneOf(lines));
    at += lines.length;
  }
  return together;
}

const textOf = (column: ReadonlyMap<number, Reading> | undefined): string =>
  [...(column?.values() ?? [])][0]?.original ?? '';

/** Indices of neighbouring columns that together are the line; undefined where one of them alone is about as much of it. */
function brokenAt(fold: string, keys: readonly string[]): number[] | undefined {
  if (keys.some((key) => similarity(key, fold) >= ALIKE_BROKEN)) return undefined;
  for (let start = 0; start < keys.length; start += 1)
    for (let count = 2; count <= MOST_BROKEN && start + count <= keys.length; count += 1) {
      const all = keys.slice(start, start + count).join('');
      if (similarity(all, fold) >= ALIKE_BROKEN)
        return Array.from({ length: count }, (_, at) => start + at);
    }
  return undefined;
}

/** How many lines from the first on are together what stands in one column; 0 where none are. */
function runLike(lines: readonly Reading[], keys: readonly string[]): number {
  const folds = lines.map(({ original }) => folded(original));
  if (keys.some((key) => similarity(key, folds[0] ?? '') >= ALIKE_BROKEN)) return 0;
  for (let count = lines.length; count > 1; count -= 1) {
    const all = folds.slice(0, count).join('');
    if (keys.some((key) => similarity(key, all) >= ALIKE_BROKEN)) return count;
  }
  return 0;
}

function oneOf(lines: readonly Reading[]): Reading {
  const join = (of: (line: Reading) => string): string =>
    lines
      .map(of)
      .filter((text) => text !== '')
      .join('\n');
  const languages = [...new Set(lines.map(({ language }) => language))];
  return {
    original: join(({ original }) => original),
    english: join(({ english }) => english),
    language: languages.length === 1 ? (languages[0] ?? '') : '',
  };
}

/** A line cut at the spaces that come closest to how long the parts are elsewhere; between letters where it has none. */
function pieces(line: Reading, parts: readonly string[]): Reading[] {
  const words = /\s/u.test(line.original)
    ? line.original.split(/(?<=\s)/u)
    : Array.from(line.original);
  const total = Math.max(1, parts.join('').length);
  const length = line.original.length;
  const ends = parts.map((_, at) => (length * parts.slice(0, at + 1).join('').length) / total);
  const texts = parts.map(() => '');
  let written = 0;
  let part = 0;
  for (const word of words) {
    const middle = written + word.length / 2;
    while (part < parts.length - 1 && middle > (ends[part] ?? length)) part += 1;
    texts[part] = (texts[part] ?? '') + word;
    written += word.length;
  }
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((original) => ({ ...line, original }));
}
