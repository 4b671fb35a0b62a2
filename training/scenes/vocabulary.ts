import { readFileSync } from 'node:fs';

/** One kind of drawn thing: its English name and the icon names that draw it. */
export interface ObjectKind {
  readonly name: string;
  readonly icons: readonly string[];
}

export const PLACES = [
  'top left', 'top', 'top right',
  'left', 'centre', 'right',
  'bottom left', 'bottom', 'bottom right',
] as const; // prettier-ignore
export type Place = (typeof PLACES)[number];

export const COLOURS = [
  'red', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'brown', 'grey', 'white', 'black',
] as const; // prettier-ignore
export type Colour = (typeof COLOURS)[number];

export const BACKGROUNDS = ['plain', 'gradient', 'striped', 'speckled'] as const;
export type BackgroundKind = (typeof BACKGROUNDS)[number];

export const SIZES = ['small', 'medium', 'large'] as const;
export type Size = (typeof SIZES)[number];

/**
 * How sure a model is of a group or a photo class, lowest first. What is less sure than `low` is never told, but known when
 * somebody asks about it; `low` is told with doubt. Photo classes are low, middle or high.
 */
export const CONFIDENCES = ['trace', 'faint', 'slight', 'weak', 'fair', 'low', 'middle', 'good', 'high', 'full'] as const;
export type Confidence = (typeof CONFIDENCES)[number];
export const isTold = (sure: Confidence): boolean => CONFIDENCES.indexOf(sure) >= CONFIDENCES.indexOf('low');

export const LANGUAGES = ['English', 'German', 'French', 'Spanish', 'Italian'] as const;
export type Language = (typeof LANGUAGES)[number];

function lines(file: string): string[] {
  const text = readFileSync(new URL(`data/${file}`, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** The drawn kinds, in the order of the heads' classes. */
export const OBJECTS: readonly ObjectKind[] = lines('objects.txt').map((line) => {
  const [name = '', icons = ''] = line.split('|');
  return { name, icons: icons.split(';') };
});

/** Sign texts, one row a meaning, in the order of LANGUAGES. */
export const SIGNS: readonly (readonly string[])[] = lines('signs.tsv')
  .slice(1)
  .map((line) => line.split('\t'));

/** Every ninth meaning is held out by name: no sign of it is read, spoken of or translated in any training. */
export const KNOWN_SIGNS = SIGNS.filter((_, index) => index % 9 !== 4);
/** What known signs mean, in English: the classes of a reader's second part. */
export const MEANINGS: readonly string[] = KNOWN_SIGNS.map(([english = '']) => english);
export const HELD_OUT_SIGNS = SIGNS.filter((_, index) => index % 9 === 4);

/** Fonts of signs: family name and file in node_modules/@expo-google-fonts. */
export interface SignFont {
  readonly family: string;
  readonly file: string;
}

const font = (family: string, folder: string): SignFont => {
  const name = `${family.replaceAll(' ', '')}_400Regular`;
  return { family, file: `@expo-google-fonts/${folder}/400Regular/${name}.ttf` };
};

export const TRAINING_FONTS: readonly SignFont[] = [
  font('Roboto', 'roboto'),
  font('Open Sans', 'open-sans'),
  font('Lato', 'lato'),
  font('Source Sans 3', 'source-sans-3'),
  font('Montserrat', 'montserrat'),
  font('Merriweather', 'merriweather'),
  font('Roboto Slab', 'roboto-slab'),
  font('Libre Baskerville', 'libre-baskerville'),
];
/** Fonts that no training has seen. */
export const HELD_OUT_FONTS: readonly SignFont[] = [
  font('Nunito', 'nunito'),
  font('Ubuntu', 'ubuntu'),
  font('PT Serif', 'pt-serif'),
];

/** ImageNet's 1,000 class names, in the order of the backbones' classifier, then the groups of similar classes. */
export const PHOTO_CLASSES: readonly string[] = [
  ...lines('imagenet.txt'),
  ...lines('photo-groups.txt').map((line) => line.split('|')[0] ?? ''),
];

/** The place of a point given in fractions of the picture. */
export function placeOf(x: number, y: number): Place {
  const third = (v: number): number => Math.min(2, Math.max(0, Math.floor(v * 3)));
  return PLACES[third(y) * 3 + third(x)] ?? 'centre';
}

/** The size word of an object whose longer side takes this fraction of the picture. */
export function sizeOf(fraction: number): Size {
  return fraction < 0.2 ? 'small' : fraction < 0.34 ? 'medium' : 'large';
}
