import type { Word } from '../grammar';
import type { Lexicon } from '../lexicon/lexicon';
import { nounPhrases, type NounPhrase } from '../noun-phrases';
import { COLOURED_THINGS, numberOf, PLACE_WORDS, PLACES, spelt } from '../words';
import { attributeOf } from './attributes';
import { NO_THINGS, SEVERAL, VAGUE } from './filler';
import { actionOf } from './verbs';

/** More than one, nobody says how many. */
export const MANY = 'several';

/** A thing that a sentence names. */
export interface Thing {
  /** Singular, as the lexicon lists it. */
  readonly name: string;
  /** "3", or `several`; undefined where no number is told. */
  readonly count: string | undefined;
  /** Said with "a" or "an". */
  readonly article: boolean;
  readonly plural: boolean;
  readonly attributes: readonly string[];
  readonly start: number;
  /** Index after its last word. */
  readonly end: number;
}

/** A part of a sentence: a thing, a side of the picture, or a name of nothing that can be seen. */
export type Piece =
  | { readonly role: 'thing'; readonly thing: Thing }
  | { readonly role: 'place'; readonly place: string; readonly start: number; readonly end: number }
  | { readonly role: 'none'; readonly start: number; readonly end: number };

const QUANTITIES: Readonly<Record<string, string>> = {
  couple: '2',
  pair: '2',
  duo: '2',
  trio: '3',
  dozen: '12',
};
const TENS: Readonly<Record<string, number>> = { thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, hundred: 100, dozen: 12, single: 1, lone: 1, solitary: 1 }; // prettier-ignore

/** 3 for "three" and "3", 1 for "a single". */
export function quantityOf(word: string): number | undefined {
  return numberOf(word) ?? TENS[word];
}

/** The things and places of a sentence, in its order. */
export function piecesOf(words: readonly Word[], lexicon: Lexicon): Piece[] {
  const pieces: Piece[] = [];
  let before: string | undefined;
  for (const phrase of nounPhrases(words).flatMap((each) => splitAtOf(words, each))) {
    const { piece, quantity } = pieceOf(words, phrase, before, lexicon);
    const isOf = words[phrase.end]?.lower === 'of';
    // "A group of people": the number of what comes next.
    before = isOf ? quantity : undefined;
    const isPartOf = isOf && PARTS.test(words[phrase.end - 1]?.lower ?? '');
    const isPassed = before !== undefined || isPartOf;
    pieces.push(isPassed ? { role: 'none', start: phrase.start, end: phrase.end + 1 } : piece);
  }
  return pieces;
}

/** "The truck drives": a tagger takes the verb for a second noun. */
export function retagged(words: readonly Word[], lexicon: Lexicon): Word[] {
  const hasVerb = words.some(({ pos }) => pos === 'VERB' || pos === 'AUX');
  return words.map((word, at) => {
    const before = words[at - 1];
    const after = words[at + 1];
    if (word.pos === 'VERB' && isName(word.lower, before, after, lexicon))
      return { ...word, pos: 'NOUN' };
    if (/^cos[yi]|^cozy$/u.test(word.lower)) return { ...word, pos: 'ADJ' };
    if (OFTEN_VERBS.test(word.lower) && lexicon.known(before?.lower ?? '') !== undefined)
      return { ...word, pos: 'VERB' };
    if (
      word.pos === 'NOUN' &&
      after?.pos === 'DET' &&
      word.lower.endsWith('ing') &&
      actionOf(word.lower) !== undefined
    )
      return { ...word, pos: 'VERB' };
    if (word.pos !== 'NOUN' || before?.pos !== 'NOUN' || words[at + 1]?.pos === 'NOUN') return word;
    // "Two women and a child walk along the beach."
    const isOnlyVerb = /^(ADP|ADV|PUNCT)$/u.test(after?.pos ?? '') && !hasVerb;
    if (isOnlyVerb && !word.lower.endsWith('ing') && actionOf(word.lower) !== undefined)
      return { ...word, pos: 'VERB' };
    const known = lexicon.known(before.lower);
    const isPlural =
      known !== undefined && known !== before.lower && !LIKE_PLURALS.has(before.lower);
    const isVerb = isPlural
      ? lexicon.known(`${before.lower} ${word.lower}`) === undefined && !word.lower.endsWith('ing')
      : known !== undefined && word.lower.endsWith('s') && actionOf(word.lower) !== undefined;
    return isVerb ? { ...word, pos: 'VERB' } : word;
  });
}

/** "Fallen leaves", "a pencil drawing", "a cozy living room" */
function isName(
  lower: string,
  before: Word | undefined,
  after: Word | undefined,
  lexicon: Lexicon,
): boolean {
  if (before?.lower === 'be' && (after === undefined || after.pos === 'PUNCT'))
    return lexicon.known(lower) === lower;
  if (lower === 'leaves')
    return (
      before === undefined ||
      !/^(NOUN|PRON)$/u.test(before.pos) ||
      attributeOf(before.lower) !== undefined
    );
  if (MEDIUM.test(lower)) return isNominal(before);
  return (
    after?.pos === 'NOUN' &&
    lower.endsWith('ing') &&
    lexicon.known(`${lower} ${after.lower}`) !== undefined
  );
}

const OFTEN_VERBS = /^(rises|features|surrounds|covers|overlooks|stretches|dominates|extends)$/u;
const MEDIUM = /^(drawing|painting|rendering)$/u;
const LIKE_PLURALS = new Set([
  'sports',
  'clothes',
  'glasses',
  'goods',
  'arms',
  'men',
  'women',
  'ladies',
  'kids',
  'children',
]);
const isNominal = (word: Word | undefined): boolean =>
  word !== undefined && (word.pos === 'DET' || word.pos === 'NOUN' || word.pos === 'ADJ');

/** "A piece of furniture" is furniture. */
const PARTS = /^(pieces?|slices?|bits?|kinds?|types?|sorts?|parts?|portions?)$/u;

type Span = Pick<NounPhrase, 'start' | 'end' | 'role'>;

/** "A cup of coffee" names two things here. */
function splitAtOf(words: readonly Word[], { start, end, role }: NounPhrase): Span[] {
  const spans: Span[] = [];
  let from = start;
  for (let at = start; at <= end; at += 1) {
    if (at < end && words[at]?.lower !== 'of') continue;
    if (at > from) spans.push({ start: from, end: at, role });
    from = at + 1;
  }
  return spans;
}

function pieceOf(
  words: readonly Word[],
  { start, end, role }: Span,
  before: string | undefined,
  lexicon: Lexicon,
): { readonly piece: Piece; readonly quantity: string | undefined } {
  const own = words.slice(start, end);
  // "A child walk along": a verb, not the end of a name.
  while (
    own.length > 1 &&
    own.at(-1)?.pos === 'VERB' &&
    actionOf(own.at(-1)?.lower ?? '') !== undefined
  )
    own.pop();
  const names = own.filter(({ pos }) => pos !== 'DET' && pos !== 'PRON').map(({ lower }) => lower);
  const last = names.at(-1) ?? '';
  const quantity =
    QUANTITIES[last] ?? (SEVERAL.has(last) ? MANY : VAGUE.has(last) ? MANY : undefined);
  const none = { piece: { role: 'none', start, end } as const, quantity };
  const place = PLACES.find((known) => names.map(spelt).join(' ').includes(known));
  if (place !== undefined && (role === 'place' || names.every((name) => isOfPlace(name)))) {
    return { piece: { role: 'place', place, start, end }, quantity };
  }
  const isPicture = PICTURES.test(last) && isHung(words, start);
  // "A café scene" shows a café, "a pastoral scene" nothing.
  const isScene = SETTINGS.test(last) && /^(NOUN|PROPN)$/u.test(own.at(-2)?.pos ?? '');
  if (isScene) names.pop();
  const named = nameOf(isPicture ? [...names.slice(0, -1), 'picture'] : names, lexicon, isPicture);
  if (named === undefined) return none;
  const modifiers = named.rest;
  const number = modifiers.map(quantityOf).find((each) => each !== undefined);
  const isVague = named.plural && own.some(({ lower }) => VAGUE.has(lower));
  const count = number !== undefined ? String(number) : (before ?? (isVague ? MANY : undefined));
  const name =
    named.name === 'glasses' && count !== undefined && before === undefined ? 'glass' : named.name;
  const thing: Thing = {
    name,
    count,
    article:
      own.some(({ lower }) => lower === 'a' || lower === 'an' || lower === 'another') && !isVague,
    plural: named.plural || (count !== undefined && count !== '1'),
    attributes: [...modifiers, ...named.name.split(' ').slice(0, -1)].flatMap(
      (word) => attributeOf(word) ?? (word === 'glass' ? ['glass'] : []),
    ),
    start,
    end: start + own.length - named.after,
  };
  return { piece: { role: 'thing', thing }, quantity };
}

const PICTURES = /^(pictures?|paintings?|photos?|photographs?|portraits?|drawings?)$/u;

/** "A painting hangs on the wall" is about a thing, "this is a painting" about the picture. */
function isHung(words: readonly Word[], start: number): boolean {
  const first = words[start]?.lower ?? '';
  const isHanging = words.some(({ lower }) => /^(hangs?|hanging|hung)$/u.test(lower));
  const isOne =
    /^(a|an|one|two|three|four|several|some)$/u.test(first) || (first === 'the' && isHanging);
  const isTold = /^(is|be|in|this)$/u.test(words[start - 1]?.lower ?? '');
  return (
    isOne &&
    !isTold &&
    words.some(({ lower }) =>
      /^(hangs?|hanging|hung|wall|walls|framed|mounted|mantel)$/u.test(lower),
    )
  );
}

const isOfPlace = (word: string): boolean =>
  PLACE_WORDS.has(spelt(word)) ||
  /^(side|corner|part|half|edge|area|section|third|far|very|hand|lower|upper)$/u.test(word);

const SETTINGS = /^(scene|setting|interior|landscape)$/u;

const NO_PICTURE = new Set([
  'oil painting',
  'still life',
  'line drawing',
  'landscape painting',
  'color photograph',
]);

interface Named {
  readonly name: string;
  readonly plural: boolean;
  /** The words before the name. */
  readonly rest: readonly string[];
  /** Words after it that a tagger took for a part of it. */
  readonly after: number;
}

function nameOf(names: readonly string[], lexicon: Lexicon, isThing = false): Named | undefined {
  const end = names.at(-1) ?? '';
  // "A pencil drawing", "the green".
  if (!isThing && NO_THINGS.has(end) && lexicon.head(names.slice(-2))?.length !== 2)
    return undefined;
  if (
    attributeOf(end) !== undefined &&
    !COLOURED_THINGS.has(end) &&
    lexicon.head(names.slice(-2))?.length !== 2
  )
    return undefined;
  for (let after = 0; after < Math.min(3, names.length); after += 1) {
    const upTo = names.slice(0, names.length - after);
    const head = lexicon.head(upTo);
    if (head === undefined) {
      // Behind a noun that names no thing stands no other: "a sense of calm".
      continue;
    }
    const last = upTo.at(-1) ?? '';
    if (NO_PICTURE.has(head.name)) return undefined;
    if (!isThing && head.length === 1 && (NO_THINGS.has(head.name) || NO_THINGS.has(last)))
      return undefined;
    if (head.length === 1 && attributeOf(last) !== undefined && upTo.length > 1 && after > 0)
      continue;
    const rest = upTo.slice(0, upTo.length - head.length);
    return { name: head.name, plural: last !== head.name.split(' ').at(-1), rest, after };
  }
  return undefined;
}
