import { folded } from './reading';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const lettersOf = (text: string): string[] =>
  [...graphemes.segment(text)].map(({ segment }) => segment);

/**
 * The line that most readings stand for: the wording of more than half where there is one, else letter by letter what most have
 * in that place (ROVER's vote, on letters). Where it is undecided, the reading that is least far from the others counts, of
 * equals the one with more accents: models leave them out, they don't invent them.
 * @param readings at least one
 */
export function votedText(readings: readonly string[]): string {
  const counts = countsOf(readings);
  const [most = ['', 0]] = [...counts].toSorted((a, b) => b[1] - a[1]);
  if (most[1] > readings.length / 2) return most[0];
  const all = readings.map(lettersOf);
  const pivot = pivotOf(all);
  if (readings.length < 3) return pivot.join('');
  return voted(pivot, all);
}

/** The most frequent of what is said; of equals the first. Case, marks and accents make no other meaning. */
export function votedWord(said: readonly string[]): string {
  const counts = countsOf(said.filter((text) => text !== '').map(folded));
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return said.find((text) => text !== '' && folded(text) === most?.[0]) ?? '';
}

function countsOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** The reading with the smallest sum of distances to the others. */
function pivotOf(all: readonly (readonly string[])[]): readonly string[] {
  const scored = all.map((letters) => ({
    letters,
    far: all.reduce(
      (sum, other) => sum + steps(letters, other).filter(({ same }) => !same).length,
      0,
    ),
    accents: letters.filter((letter) => letter.normalize('NFD').length > 1).length,
  }));
  return scored.toSorted((a, b) => a.far - b.far || b.accents - a.accents)[0]?.letters ?? [];
}

/** One step of the way from one text to another: a letter of each, or of one of them. */
interface Step {
  readonly from: string;
  readonly to: string;
  readonly same: boolean;
}

function voted(pivot: readonly string[], all: readonly (readonly string[])[]): string {
  // In each place of the pivot what stands there, and what stands before it; one place more for the end.
  const here = pivot.map(() => new Map<string, number>());
  const before = [...pivot, ''].map(() => new Map<string, number>());
  for (const letters of all) {
    let at = 0;
    let inserted = '';
    for (const { from, to } of steps(pivot, letters)) {
      if (from === '') {
        inserted += to;
        continue;
      }
      add(before[at], inserted);
      add(here[at], to);
      inserted = '';
      at += 1;
    }
    add(before[at], inserted);
  }
  return [...pivot, '']
    .map((letter, at) => mostOf(before[at], '') + mostOf(here[at], letter))
    .join('');
}

function add(votes: Map<string, number> | undefined, letter: string): void {
  votes?.set(letter, (votes.get(letter) ?? 0) + 1);
}

/** @param own what stands where nothing has more votes */
function mostOf(votes: ReadonlyMap<string, number> | undefined, own: string): string {
  const most = Math.max(0, ...(votes?.values() ?? []));
  if ((votes?.get(own) ?? 0) === most) return own;
  return [...(votes ?? [])].find(([, count]) => count === most)?.[0] ?? own;
}

/** The shortest way from one text to another, letter by letter. */
function steps(a: readonly string[], b: readonly string[]): Step[] {
  const width = b.length + 1;
  const cost = new Uint16Array((a.length + 1) * width);
  const at = (row: number, column: number): number => cost[row * width + column] ?? 0;
  for (let row = 0; row <= a.length; row += 1)
    for (let column = 0; column < width; column += 1) {
      if (row === 0 || column === 0) cost[row * width + column] = row + column;
      else
        cost[row * width + column] = Math.min(
          at(row - 1, column - 1) + Number(a[row - 1] !== b[column - 1]),
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
        );
    }
  const way: Step[] = [];
  for (let row = a.length, column = b.length; row > 0 || column > 0;) {
    const [from = '', to = ''] = [a[row - 1], b[column - 1]];
    const same = from === to;
    if (row > 0 && column > 0 && at(row, column) === at(row - 1, column - 1) + Number(!same)) {
      way.push({ from, to, same });
      row -= 1;
      column -= 1;
    } else if (row > 0 && at(row, column) === at(row - 1, column) + 1) {
      way.push({ from, to: '', same: false });
      row -= 1;
    } else {
      way.push({ from: '', to, same: false });
      column -= 1;
    }
  }
  return way.reverse();
}
