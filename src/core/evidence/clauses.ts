import type { Word } from './grammar';
import type { NounPhrase } from './noun-phrases';
import { HEDGE } from './words';

/** Words from `start` up to, not including, `end`. */
export interface Clause {
  readonly start: number;
  readonly end: number;
}

/** The clauses that hedge what they say: "The cat is on the left and the dog may be at the top" doubts the dog's place alone. */
export function doubtfulClauses(
  words: readonly Word[],
  phrases: readonly NounPhrase[],
): readonly Clause[] {
  return clausesOf(words, phrases).filter(({ start, end }) => {
    const text = words.slice(start, end).map(({ lower }) => lower);
    // "…, but I am not sure": a doubt without a thing of its own is about the others.
    const saysSomething = phrases.some(
      (phrase) => phrase.role === 'thing' && start <= phrase.start && phrase.start < end,
    );
    return saysSomething && HEDGE.test(text.join(' '));
  });
}

/** Cut at "and" and commas, where there is a verb on both sides. */
function clausesOf(words: readonly Word[], phrases: readonly NounPhrase[]): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  for (const [at, { lower, pos }] of words.entries()) {
    if (lower !== 'and' && pos !== 'PUNCT') continue;
    const next = words.findIndex(
      (word, index) => index > at && (word.lower === 'and' || word.pos === 'PUNCT'),
    );
    const right = { start: at + 1, end: next < 0 ? words.length : next };
    if (!hasVerb(words, phrases, { start, end: at }) || !hasVerb(words, phrases, right)) continue;
    clauses.push({ start, end: at });
    start = at + 1;
  }
  return [...clauses, { start, end: words.length }];
}

/** Whether there is a verb that is no part of a name: "magnifying glass" has none. */
export function hasVerb(
  words: readonly Word[],
  phrases: readonly NounPhrase[],
  { start, end }: Clause = { start: 0, end: words.length },
): boolean {
  return words.some(
    ({ pos }, at) =>
      (pos === 'VERB' || pos === 'AUX') &&
      start <= at &&
      at < end &&
      !phrases.some((phrase) => phrase.start <= at && at < phrase.end),
  );
}
