import { at, type Random } from './random.ts';
import {
  BACKGROUNDS, type BackgroundKind, type Colour, COLOURS, type Confidence, CONFIDENCES, OBJECTS, PHOTO_CLASSES,
  isTold, type Language, LANGUAGES, MEANINGS, type Place, PLACES, KNOWN_SIGNS, type Size, SIZES,
} from './vocabulary.ts'; // prettier-ignore

/** Things of one kind, as the vision side reports them. */
export interface Group {
  readonly name: string;
  /** 1 to 5; 5 also stands for more. */
  readonly count: number;
  /** Where it is; groups of several things have no place. */
  readonly place: Place | null;
  readonly size: Size;
  readonly sure: Confidence;
}

export interface SignSymbol {
  readonly place: Place;
  /** Null where nobody could read it. */
  readonly text: string | null;
  /** Null where it is not known. */
  readonly language: Language | null;
  /** In English; null for English texts, and where it is not known. */
  readonly meaning: string | null;
}

/** What the decoder gets to see of a drawing or a photograph: everything it says comes from here. */
export interface Symbols {
  readonly groups: readonly Group[];
  readonly colour: Colour;
  /** Null on photographs. */
  readonly background: BackgroundKind | null;
  readonly sign: SignSymbol | null;
  readonly photo: { readonly name: string; readonly sure: Confidence } | null;
}

const MAX_GROUPS = 8;
const MAX_TOLD = 6;
/** As long as the reader's texts get. */
export const MAX_TEXT_BYTES = 25;
const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];
const TOLD = CONFIDENCES.filter(isTold);
const UNTOLD = CONFIDENCES.filter((sure) => !isTold(sure));
const PHOTO_SURE = ['low', 'middle', 'high'] as const;

/**
 * Symbols at random, with the mixtures that the heads give, wrong ones included: every name is equally likely.
 * `signShare`: how many drawings have a sign.
 */
export function sampleSymbols(random: Random, signShare = 0.3): Symbols {
  const colour = random.pick(COLOURS);
  if (random.chance(0.26)) {
    const photo = { name: random.pick(PHOTO_CLASSES), sure: random.pick(PHOTO_SURE) };
    return { groups: [], colour, background: null, sign: null, photo };
  }
  const count = random.weighted([0.07, 0.27, 0.32, 0.21, 0.08, 0.03, 0.02]);
  const told = Math.min(MAX_TOLD, count);
  // The heads have a faint idea of something nearly everywhere.
  const untold = random.chance(0.4) ? MAX_GROUPS - told : random.integer(0, MAX_GROUPS - told);
  const names = random.sample(OBJECTS, told + untold).map(({ name }) => name);
  return {
    groups: [
      ...names.slice(0, told).map((name) => sampleGroup(random, name)),
      ...names.slice(told).map((name) => sampleUntold(random, name)),
    ],
    colour,
    background: random.pick(BACKGROUNDS),
    sign: random.chance(signShare) ? sampleSign(random) : null,
    photo: null,
  };
}

/** What a reader makes of a sign: its text, now and then with a wrong letter, or nothing; and what it takes the text to be. */
function sampleSign(random: Random): SignSymbol {
  const place = random.pick(PLACES);
  if (random.chance(0.12)) return { place, text: null, language: null, meaning: null };
  const isPhrase = random.chance(0.55);
  const text = isPhrase ? random.pick(random.pick(KNOWN_SIGNS)) : otherText(random);
  const language = random.chance(isPhrase ? 0.9 : 0.4) ? random.pick(LANGUAGES) : null;
  const isForeign = language !== null && language !== 'English';
  return { place, text: misread(random, text), language, meaning: isForeign && random.chance(0.8) ? random.pick(MEANINGS) : null };
}

function misread(random: Random, text: string): string {
  if (!random.chance(0.12)) return text;
  const wrong = random.integer(0, text.length - 1);
  return text.slice(0, wrong) + random.pick(LETTERS) + text.slice(wrong + 1);
}

function otherText(random: Random): string {
  const words = Array.from({ length: random.integer(1, 3) }, () =>
    random.chance(0.6)
      ? random.pick(random.pick(OBJECTS).name.split(' '))
      : Array.from({ length: random.integer(2, 8) }, () => random.pick(LETTERS)).join(''),
  );
  const text = words.join(' ').slice(0, MAX_TEXT_BYTES).trim();
  const lot = random.next();
  return lot < 0.25 ? text.toUpperCase() : lot < 0.5 ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

function sampleGroup(random: Random, name: string): Group {
  const count = 1 + random.weighted([0.6, 0.2, 0.1, 0.06, 0.04]);
  return {
    name,
    count,
    place: count === 1 ? random.pick(PLACES) : null,
    size: random.pick(SIZES),
    sure: at(TOLD, random.weighted([0.2, 0.16, 0.16, 0.18, 0.3])),
  };
}

function sampleUntold(random: Random, name: string): Group {
  return { ...sampleGroup(random, name), sure: random.pick(UNTOLD) };
}

/** Symbols as numbers, in the order of training/vlmkit/symbols.py. */
export interface SymbolCodes {
  /** Class, count, place (9: none), size, confidence. */
  readonly groups: readonly (readonly number[])[];
  readonly colour: number;
  /** Index of the background, 4 on photographs. */
  readonly kind: number;
  readonly sign: number;
  /** UTF-8 bytes of the sign's text. */
  readonly text: readonly number[];
  /** Index of the text's language, 5 for none; and of its meaning, -1 for none. */
  readonly phrase: readonly number[];
  /** Class and confidence, or 0 and the number of confidences on drawings. */
  readonly photo: readonly number[];
}

const names = OBJECTS.map(({ name }) => name);
const placeCode = (place: Place | null): number => (place === null ? PLACES.length : PLACES.indexOf(place));

export function encode(symbols: Symbols): SymbolCodes {
  return {
    groups: symbols.groups.map(({ name, count, place, size, sure }) => [
      names.indexOf(name),
      count,
      placeCode(place),
      SIZES.indexOf(size),
      CONFIDENCES.indexOf(sure),
    ]),
    colour: COLOURS.indexOf(symbols.colour),
    kind: symbols.background === null ? BACKGROUNDS.length : BACKGROUNDS.indexOf(symbols.background),
    sign: placeCode(symbols.sign?.place ?? null),
    text: [...new TextEncoder().encode(symbols.sign?.text ?? '')].slice(0, MAX_TEXT_BYTES),
    phrase: [
      symbols.sign?.language ? LANGUAGES.indexOf(symbols.sign.language) : LANGUAGES.length,
      symbols.sign?.meaning ? MEANINGS.indexOf(symbols.sign.meaning) : -1,
    ],
    photo:
      symbols.photo === null
        ? [0, CONFIDENCES.length]
        : [PHOTO_CLASSES.indexOf(symbols.photo.name), CONFIDENCES.indexOf(symbols.photo.sure)],
  };
}
