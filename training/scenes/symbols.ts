import { at, type Random } from './random.ts';
import {
  BACKGROUNDS, type BackgroundKind, type Colour, COLOURS, type Confidence, CONFIDENCES, OBJECTS, PHOTO_CLASSES,
  type Place, PLACES, type Size, SIZES,
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

/** What the decoder gets to see of a drawing or a photograph: everything it says comes from here. */
export interface Symbols {
  readonly groups: readonly Group[];
  readonly colour: Colour;
  /** Null on photographs. */
  readonly background: BackgroundKind | null;
  readonly sign: Place | null;
  readonly photo: { readonly name: string; readonly sure: Confidence } | null;
}

const MAX_GROUPS = 6;

/** Symbols at random, with the mixtures that the heads give, wrong ones included: every name is equally likely. */
export function sampleSymbols(random: Random): Symbols {
  const colour = random.pick(COLOURS);
  if (random.chance(0.22)) {
    const photo = { name: random.pick(PHOTO_CLASSES), sure: random.pick(CONFIDENCES) };
    return { groups: [], colour, background: null, sign: null, photo };
  }
  const count = random.weighted([0.03, 0.28, 0.34, 0.22, 0.08, 0.03, 0.02]);
  const names = random.sample(OBJECTS, Math.min(MAX_GROUPS, count));
  return {
    groups: names.map(({ name }) => sampleGroup(random, name)),
    colour,
    background: random.pick(BACKGROUNDS),
    sign: random.chance(0.3) ? random.pick(PLACES) : null,
    photo: null,
  };
}

function sampleGroup(random: Random, name: string): Group {
  const count = 1 + random.weighted([0.6, 0.2, 0.1, 0.06, 0.04]);
  return {
    name,
    count,
    place: count === 1 ? random.pick(PLACES) : null,
    size: random.pick(SIZES),
    sure: at(CONFIDENCES, random.weighted([0.15, 0.15, 0.7])),
  };
}

/** Symbols as numbers, in the order of training/vlmkit/symbols.py. */
export interface SymbolCodes {
  /** Class, count, place (9: none), size, confidence. */
  readonly groups: readonly (readonly number[])[];
  readonly colour: number;
  /** Index of the background, 4 on photographs. */
  readonly kind: number;
  readonly sign: number;
  /** Class and confidence, or [0, 3] on drawings. */
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
    sign: placeCode(symbols.sign),
    photo:
      symbols.photo === null
        ? [0, CONFIDENCES.length]
        : [PHOTO_CLASSES.indexOf(symbols.photo.name), CONFIDENCES.indexOf(symbols.photo.sure)],
  };
}
