/** Longer lines are compared by their pairs of letters: an edit distance takes the product of their lengths. */
const MOST_EXACT = 120;

/** How alike two folded texts are, 0..1: one less the edit distance (Levenshtein) by the longer length. */
export function similarity(a: string, b: string): number {
  if (a === b) return 1;
  const [left, right] = [Array.from(a), Array.from(b)];
  const longest = Math.max(left.length, right.length);
  if (longest === 0 || Math.min(left.length, right.length) / longest < 0.3) return 0;
  if (longest > MOST_EXACT) return dice(left, right);
  return 1 - distance(left, right) / longest;
}

function distance(a: readonly string[], b: readonly string[]): number {
  let before = b.map((_, at) => at + 1);
  before.unshift(0);
  for (const [row, letter] of a.entries()) {
    const now = [row + 1];
    for (const [at, other] of b.entries()) {
      const changed = (before[at] ?? 0) + Number(letter !== other);
      now.push(Math.min(changed, (before[at + 1] ?? 0) + 1, (now[at] ?? 0) + 1));
    }
    before = now;
  }
  return before.at(-1) ?? 0;
}

function dice(a: readonly string[], b: readonly string[]): number {
  const pairs = (letters: readonly string[]): string[] =>
    letters.slice(1).map((letter, at) => (letters[at] ?? '') + letter);
  const counts = new Map<string, number>();
  for (const pair of pairs(a)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  let common = 0;
  for (const pair of pairs(b)) {
    const left = counts.get(pair) ?? 0;
    if (left > 0) common += 1;
    counts.set(pair, left - 1);
  }
  return (2 * common) / Math.max(1, a.length + b.length - 2);
}
