import type { Word } from '../grammar';
import { EMOTION, SIMILE } from './filler';

/** What a sentence denies, and where it ends to tell what is in the picture. */
export interface Scopes {
  /** Words up to here are about the picture. */
  readonly end: number;
  /** A comparison: no claims from these words. */
  readonly compared: readonly boolean[];
  /** What follows "not" in its clause. */
  readonly negated: readonly boolean[];
}

const NOT = /^(not|n['’]t|never|cannot|\w+n['’]t)$/u;

export function scopesOf(words: readonly Word[]): Scopes {
  const emotion = words.findIndex(({ lower, pos }, at) => {
    const before = words[at - 1];
    // "An inviting room" is a room.
    const isAdjective = before?.pos === 'DET' || before?.pos === 'ADJ' || before?.lower === 'this';
    return (
      EMOTION.test(lower) && !isAdjective && (pos === 'VERB' || pos === 'NOUN' || pos === 'ADJ')
    );
  });
  const compared: boolean[] = [];
  const negated: boolean[] = [];
  let isCompared = false;
  let isNegated = false;
  for (const [at, { lower, pos }] of words.entries()) {
    if (pos === 'PUNCT' || lower === 'but') isCompared = isNegated = false;
    const before = words[at - 1]?.lower ?? '';
    const isSimile = SIMILE.has(lower) && !/^(looks?|what|appears?|seems?)$/u.test(before);
    if (isSimile || (lower === 'if' && before === 'as') || lower === 'though') isCompared = true;
    if (NOT.test(lower) && words[at + 1]?.lower !== 'only') isNegated = true;
    compared.push(isCompared);
    negated.push(isNegated);
  }
  return { end: emotion < 0 ? words.length : emotion, compared, negated };
}

/** Whether a noun phrase is denied: "no people", "without any people", "free of cars", "not any". */
export function isDenied(
  words: readonly Word[],
  start: number,
  end: number,
  { negated }: Scopes,
): boolean {
  const own = words.slice(start, end).map(({ lower }) => lower);
  if (own[0] === 'no' || own[0] === 'neither') return !['longer', 'doubt'].includes(own[1] ?? '');
  if (own.includes('any') && negated[start] === true) return true;
  const before = words.slice(Math.max(0, start - 3), start).map(({ lower }) => lower).join(' '); // prettier-ignore
  return /(^| )(no|without|without any|lacks|lacking|(free|devoid|empty) of|no visible|not any|n't any)( any)?$/u.test(
    before,
  );
}
