import pluralize from 'pluralize';
import type { Word } from './grammar';
import { LANGUAGES } from './languages';
import {
  BACKGROUND_KINDS,
  COLOURED_THINGS,
  COLOURS,
  CONTAINERS,
  FRAME_NOUNS,
  HEDGE_ADVERBS,
  LONE_FRAME_NOUNS,
  numberOf,
  PAIRS,
  PLACE_NOUNS,
  PLACE_WORDS,
  PLURAL_WORDS,
  SHOWING,
  SIZES,
  spelt,
} from './words';

pluralize.addSingularRule(/cookies$/iu, 'cookie');
pluralize.addSingularRule(/rhinoceros(es)?$/iu, 'rhinoceros');

/** A noun phrase: "two small red cats" is a cat, 2, red. */
export interface NounPhrase {
  /** Singular, lower case, without determiner, number and adjectives of colour. */
  readonly name: string;
  readonly count: number | undefined;
  /** Said with "a" or "an": one of it. */
  readonly article: boolean;
  readonly colours: readonly string[];
  readonly sizes: readonly string[];
  readonly start: number;
  /** Index after its last word. */
  readonly end: number;
  readonly role: 'thing' | 'place' | 'frame';
}

/** Parts of speech that end a noun phrase. */
const OUTSIDE = new Set(['ADP', 'AUX', 'CCONJ', 'SCONJ', 'PUNCT', 'PART', 'INTJ', 'SYM', 'SPACE']);
const OPENERS = new Set(['DET', 'NUM']);
const CONTENT = new Set(['NOUN', 'PROPN', 'ADJ']);

/** Adjectives of manner that are no part of a thing's name. */
const PLAIN_ADJECTIVES = new Set(
  'single other plain simple several many some each drawn most main clear flat colourful colorful bright dark'.split(
    ' ',
  ),
);

export function nounPhrases(tagged: readonly Word[]): NounPhrase[] {
  const words = tagged.map((word, at) =>
    retagged(word, tagged.slice(Math.max(0, at - 2), at), tagged[at + 1]),
  );
  const phrases: NounPhrase[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const end = phraseEnd(words, at);
    if (end === at) continue;
    const phrase = toPhrase(words, at, end);
    const last = phrases.at(-1);
    const link = linkOf(words, last, phrase);
    if (last !== undefined && phrase !== undefined && link !== undefined) {
      const content = words.slice(at, end).map(({ lower }) => lower);
      const second = link === 'of' ? content.join(' ') : phrase.name;
      phrases[phrases.length - 1] = { ...last, name: `${last.name} ${link} ${second}`, end };
    } else if (phrase !== undefined) phrases.push(phrase);
    at = end - 1;
  }
  return phrases;
}

/** Puts right what the tagger takes for something else: "the cat chases a mouse" and "there is bread". */
function retagged(word: Word, before: readonly Word[], after: Word | undefined): Word {
  const last = before.at(-1);
  const isShowing = SHOWING.test(word.lower) || (word.lower.endsWith('s') && after?.pos === 'DET');
  if (last?.pos === 'NOUN' && word.pos === 'NOUN' && isShowing) return { ...word, pos: 'VERB' };
  const isThere = last?.pos === 'AUX' && before.at(-2)?.lower === 'there';
  // "possibly bread", but "the dog possibly barks".
  const isHedged = HEDGE_ADVERBS.has(last?.lower ?? '') && !CAN_ACT.has(before.at(-2)?.pos ?? '');
  return (isThere || isHedged) && word.pos === 'VERB' ? { ...word, pos: 'NOUN' } : word;
}

/** What a verb can be said of, or follow. */
const CAN_ACT = new Set(['NOUN', 'PROPN', 'PRON', 'AUX']);

/** What makes one thing of two phrases: "a cup" and "coffee" in "a cup of coffee", "a bow" and "arrow" in "a bow and arrow". */
function linkOf(
  words: readonly Word[],
  first: NounPhrase | undefined,
  second: NounPhrase | undefined,
): 'of' | 'and' | undefined {
  if (first === undefined || second === undefined) return undefined;
  if (second.start !== first.end + 1 || OPENERS.has(words[second.start]?.pos ?? ''))
    return undefined;
  const link = words[first.end]?.lower;
  if (link === 'of' && CONTAINERS.has(first.name)) return 'of';
  return link === 'and' && PAIRS.has(`${first.name} and ${second.name}`) ? 'and' : undefined;
}

/**
 * After "two" or "the" every word up to the next function word, or to a verb behind a noun, belongs to the
 * phrase, whatever its tag: a tagger takes "watch" or "orange" for other things.
 */
function phraseEnd(words: readonly Word[], start: number): number {
  let end = start;
  let opened = false;
  let named = false;
  for (; end < words.length; end += 1) {
    const word = words[end];
    if (word === undefined || OUTSIDE.has(word.pos)) break;
    if (named && isVerb(word, words.slice(start, end))) break;
    named ||= word.pos === 'NOUN' || word.pos === 'PROPN';
    if (OPENERS.has(word.pos)) {
      if (end > start && (word.pos === 'DET' || named)) break;
      opened = true;
    } else if (!CONTENT.has(word.pos) && (!opened || word.pos === 'PRON')) break;
  }
  return end;
}

/** Whether a word behind a noun goes on with a verb: "the man runs", but "a paper clip" and "two teddy bears". */
function isVerb({ pos, lower }: Word, before: readonly Word[]): boolean {
  if (pos !== 'VERB' || PLACE_WORDS.has(lower)) return false;
  const noun = before.at(-1)?.lower ?? '';
  if (pluralize.isPlural(noun)) return true;
  const isNumbered = before.some((word) => (numberOf(word.lower) ?? 1) > 1);
  return isNumbered ? !lower.endsWith('s') : /(s|ing|ed)$/u.test(lower);
}

function toPhrase(words: readonly Word[], start: number, end: number): NounPhrase | undefined {
  let count: number | undefined;
  let opened = false;
  let article = false;
  const colours: string[] = [];
  const sizes: string[] = [];
  const name: Word[] = [];
  for (const word of words.slice(start, end)) {
    const lower = spelt(word.lower);
    const number = numberOf(lower);
    opened ||= OPENERS.has(word.pos);
    article ||= lower === 'a' || lower === 'an';
    if (word.pos === 'DET') continue;
    if (number !== undefined) count = number;
    else if (COLOURS.has(lower)) colours.push(lower);
    else if (SIZES.has(lower)) sizes.push(lower);
    else if (!PLAIN_ADJECTIVES.has(lower) && word.pos !== 'ADV') name.push({ ...word, lower });
  }
  // "It is empty": an adjective alone is no thing.
  if (!opened && !name.some(({ pos }) => pos === 'NOUN' || pos === 'PROPN')) return undefined;
  // "an orange" is a fruit, "a black" is nothing.
  const last = colours.at(-1);
  const parts = name.map(({ lower }) => lower);
  if (parts.length === 0 && last !== undefined && COLOURED_THINGS.has(last))
    parts.push(colours.pop() ?? last);
  if (parts.length === 0) return undefined;
  const role = roleOf(parts, name);
  return { name: singular(parts), count, article, colours, sizes, start, end, role };
}

function singular(parts: readonly string[]): string {
  const whole = parts.join(' ');
  if (PLURAL_WORDS.has(whole)) return whole;
  return [...parts.slice(0, -1), pluralize.singular(parts.at(-1) ?? '')].join(' ');
}

function roleOf(parts: readonly string[], name: readonly Word[]): NounPhrase['role'] {
  const head = parts.at(-1) ?? '';
  const place = parts.length > 1 && PLACE_NOUNS.has(head) ? parts.slice(0, -1) : parts;
  if (place.every((word) => PLACE_WORDS.has(word))) return 'place';
  const lemma = pluralize.singular(head);
  const isLone = !name.slice(0, -1).some(({ pos }) => pos === 'NOUN' || pos === 'PROPN');
  const isFrame =
    FRAME_NOUNS.has(lemma) ||
    (name.length === 1 && LANGUAGES.has(name[0]?.text ?? '')) || // "The language is German."
    BACKGROUND_KINDS.has(head) ||
    (isLone && LONE_FRAME_NOUNS.has(lemma)) ||
    head === 'eye'; // "The eye goes to a cat" is about the picture, "green eyes" are not.
  return isFrame ? 'frame' : 'thing';
}
