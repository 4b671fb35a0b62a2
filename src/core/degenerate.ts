import type { Degenerate } from './degenerate-kind';

/** From so many words on, a share of one of them says something. */
const FEW_WORDS = 6;
const MOST_SHARE_OF_ONE_WORD = 0.6;
/** A sentence; what is repeated further apart is a list. */
const MOST_WORDS_IN_LOOP = 24;
const LOOP_TIMES = 4;
/** Few repeats at the end of a long answer don't spoil it. */
const LEAST_SHARE_OF_LOOP = 0.4;
const FEWEST_LOOPED_WORDS = 12;
/** Repeats of one character; "!!!!" is four. */
const MOST_SAME_CHARACTERS = 8;
/** A single one may be a letter cut in half at the end of the answer. */
const MOST_REPLACEMENTS = 2;

/**
 * Whether a text is what broken arithmetic makes of a model (fp16 overflow, a wrong kernel): undefined for any text that
 * may be an answer, however bad.
 */
export function degenerate(text: string): Degenerate | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return 'empty';
  if (trimmed.split('\uFFFD').length - 1 > MOST_REPLACEMENTS) return 'replacement-characters';
  if (!/[\p{L}\p{N}]/u.test(trimmed)) return 'no-letters';
  return isRepeated(trimmed) ? 'repeated' : undefined;
}

function isRepeated(text: string): boolean {
  if (new RegExp(`(\\S)\\1{${String(MOST_SAME_CHARACTERS - 1)},}`, 'u').test(text)) return true;
  const words = text
    .toLowerCase()
    .split(/[\s,.;:!?|]+/u)
    .filter((word) => word !== '');
  return words.length >= FEW_WORDS ? isOneWord(words) || endsInLoop(words) : isLoop(text);
}

/** An answer that began well and then said the same again and again until it was cut off. */
function endsInLoop(words: readonly string[]): boolean {
  const longest = Math.min(MOST_WORDS_IN_LOOP, Math.floor(words.length / LOOP_TIMES));
  for (let period = 1; period <= longest; period += 1) {
    let looped = period;
    while (looped < words.length && words.at(-looped - 1) === words.at(-looped - 1 + period))
      looped += 1;
    const isLong = looped >= Math.max(period * LOOP_TIMES, words.length * LEAST_SHARE_OF_LOOP);
    if (isLong && looped >= FEWEST_LOOPED_WORDS) return true;
  }
  return false;
}

function isOneWord(words: readonly string[]): boolean {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Math.max(...counts.values()) > words.length * MOST_SHARE_OF_ONE_WORD || isPeriodic(words);
}

/** "the cat the cat the cat …": a few words in a circle, at least four times and nothing else. */
function isPeriodic(words: readonly string[]): boolean {
  return [2, 3].some(
    (period) =>
      words.length >= period * 4 && words.every((word, index) => word === words[index % period]),
  );
}

/** The same without spaces: "abababab", "的的的的". */
function isLoop(text: string): boolean {
  return /^(\S{1,4}?)\1{5,}\S{0,3}$/u.test(text);
}

export type Likeness = 'same' | 'similar' | 'different';

/** Share of common words from which on two texts say about the same. */
const SIMILAR = 0.5;

/**
 * How alike the texts of two devices are. Rounding makes greedy texts part somewhere, so only what has little in common
 * counts as different: words in both, by the Dice coefficient.
 */
export function likeness(a: string, b: string): Likeness {
  if (a.trim() === b.trim()) return 'same';
  const [left, right] = [wordCounts(a), wordCounts(b)];
  let common = 0;
  for (const [word, count] of left) common += Math.min(count, right.get(word) ?? 0);
  const all = sum(left) + sum(right);
  return all > 0 && (2 * common) / all >= SIMILAR ? 'similar' : 'different';
}

function wordCounts(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((all, count) => all + count, 0);
}
