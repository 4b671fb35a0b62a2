import { type Restyle, sampleRestyle } from './restyle.ts';
import { at, type Random, seeded, seedOf } from './random.ts';
import {
  BACKGROUNDS, type BackgroundKind, type Colour, COLOURS, HELD_OUT_FONTS, HELD_OUT_SIGNS, KNOWN_SIGNS, type Language,
  LANGUAGES, TRAINING_FONTS,
} from './vocabulary.ts'; // prettier-ignore

/** The drawing styles: Iconify sets. openmoji and emojione are for tests only, never for training or samples. */
export const STYLES = [
  'noto', 'fluent-emoji-flat', 'fxemoji', 'noto-v1', 'twemoji', 'streamline-emojis', 'openmoji', 'emojione',
] as const; // prettier-ignore
export type Style = (typeof STYLES)[number];

export interface SceneObject {
  readonly name: string;
  readonly icon: string;
  /** Centre, in fractions of the picture. */
  readonly x: number;
  readonly y: number;
  /** Side of the icon's box as a fraction of the square. */
  readonly size: number;
  /** Degrees, small. */
  readonly turn: number;
  /** Training scenes are drawn in other styles too. */
  readonly restyle?: Restyle;
}

export interface SceneSign {
  readonly text: string;
  readonly language: Language;
  readonly english: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly board: string;
  readonly ink: string;
  readonly font: string;
}

export type Rgb = readonly [number, number, number];

export interface Background {
  readonly kind: BackgroundKind;
  readonly colour: Colour;
  readonly rgb: Rgb;
  /** The second shade of gradients, stripes and speckles: a near one, so that the colour keeps its name. */
  readonly second: Rgb;
  /** Degrees of gradients and stripes; stripe width or speckle size as a fraction of the square. */
  readonly angle: number;
  readonly grain: number;
}

/** Everything about a picture, as data: the renderer draws it, the evaluation compares texts with it. */
export interface Scene {
  readonly seed: number;
  readonly style: Style;
  /** Width / height of the picture; the rest of the square is padded with PAD. */
  readonly aspect: number;
  readonly background: Background;
  readonly objects: readonly SceneObject[];
  readonly sign: SceneSign | null;
}

/** The colour with which pictures are padded to a square, here and in the app. */
export const PAD: Rgb = [128, 128, 128];

/** Hue, saturation and lightness ranges of the named colours. */
const SHADES: Record<Colour, readonly [number, number, number, number, number, number]> = {
  red: [-6, 6, 65, 90, 38, 52],
  orange: [22, 34, 85, 100, 48, 58],
  yellow: [48, 56, 80, 100, 50, 68],
  green: [95, 145, 35, 75, 32, 60],
  blue: [200, 228, 50, 90, 40, 68],
  purple: [268, 288, 40, 75, 38, 60],
  pink: [325, 345, 65, 100, 70, 84],
  brown: [18, 30, 40, 65, 22, 36],
  grey: [0, 360, 0, 5, 42, 72],
  white: [0, 360, 0, 10, 95, 100],
  black: [0, 360, 0, 15, 2, 10],
};

const BOARDS: readonly (readonly [string, string])[] = [
  ['#ffffff', '#111111'], ['#fff3c4', '#222222'], ['#1d4f91', '#ffffff'],
  ['#1b6b3a', '#ffffff'], ['#b3261e', '#ffffff'], ['#222222', '#ffe066'],
]; // prettier-ignore

/** Which icons a style has, by object name. */
export type Palette = ReadonlyMap<string, readonly string[]>;

/**
 * What a scene may hold. `train`: known phrases in training fonts, no pair of objects that is held out. `known`: any
 * pair beside that. `unseen`: fonts that no training saw, and every second phrase is held out.
 */
export const LOTS = ['train', 'known', 'unseen'] as const;
export type Lots = (typeof LOTS)[number];

/** Every tenth pair of names never stands in one training scene. */
export function isHeldOutPair(one: string, other: string): boolean {
  return seedOf([one, other].sort().join('+'), 0) % 10 === 0;
}

/** Draws the lots of one scene. The same seed, style, palette and kind of lots give the same scene. */
export function makeScene(seed: number, style: Style, palette: Palette, lots: Lots): Scene {
  const random = seeded(seed);
  const aspect = random.chance(0.2) ? random.pick([4 / 3, 3 / 4, 3 / 2, 2 / 3]) : 1;
  const background = makeBackground(random);
  const boxes: Box[] = [];
  const sign = random.chance(0.3) ? makeSign(random, boxes, lots) : null;
  const objects = makeObjects(random, palette, boxes, aspect, lots);
  return { seed, style, aspect, background, objects, sign };
}

function shade(random: Random, colour: Colour): Rgb {
  const [h0, h1, s0, s1, l0, l1] = SHADES[colour];
  return fromHsl(random.between(h0, h1), random.between(s0, s1), random.between(l0, l1));
}

export function makeBackground(random: Random): Background {
  const kind = at(BACKGROUNDS, random.weighted([0.4, 0.25, 0.2, 0.15]));
  const colour = random.pick(COLOURS);
  return {
    kind,
    colour,
    rgb: shade(random, colour),
    second: shade(random, colour),
    angle: random.pick([0, 45, 90, 135]),
    grain: random.between(0.03, 0.08),
  };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const overlaps = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) * 0.47 && Math.abs(a.y - b.y) < (a.height + b.height) * 0.47;

function makeSign(random: Random, boxes: Box[], lots: Lots): SceneSign {
  const row = random.pick(lots === 'unseen' && random.chance(0.5) ? HELD_OUT_SIGNS : KNOWN_SIGNS);
  const language = random.integer(0, LANGUAGES.length - 1);
  const font = random.pick(lots === 'unseen' ? HELD_OUT_FONTS : TRAINING_FONTS).family;
  const board = makeBoard(random, at(row, language), font);
  boxes.push(board);
  return { ...board, language: at(LANGUAGES, language), english: at(row, 0) };
}

/** A board somewhere in the picture with this text on it. */
export function makeBoard(random: Random, text: string, font: string): Omit<SceneSign, 'language' | 'english'> {
  const [board, ink] = random.pick(BOARDS);
  const height = random.between(0.1, 0.16);
  const width = Math.min(0.8, Math.max(0.3, text.length * height * 0.36 + 0.06));
  return {
    x: random.between(width / 2 + 0.02, 0.98 - width / 2),
    y: random.between(height / 2 + 0.02, 0.98 - height / 2),
    width,
    height,
    text,
    board,
    ink,
    font,
  };
}

function makeObjects(random: Random, palette: Palette, boxes: Box[], aspect: number, lots: Lots): SceneObject[] {
  const total = 1 + random.weighted([0.2, 0.25, 0.25, 0.18, 0.12]);
  const drawn = random.sample([...palette.keys()], Math.min(total, 1 + random.weighted([0.35, 0.4, 0.25])));
  const kinds = drawn.filter(
    (name, index) => lots !== 'train' || !drawn.slice(0, index).some((other) => isHeldOutPair(name, other)),
  );
  const objects: SceneObject[] = [];
  // Things of one picture are drawn by one hand.
  const restyle = lots === 'train' ? sampleRestyle(random) : undefined;
  const largest = total === 1 ? 0.6 : total === 2 ? 0.46 : total === 3 ? 0.38 : 0.3;
  // An icon's side is a fraction of the padded square; the boxes are in fractions of the picture.
  const wide = Math.max(1, 1 / aspect);
  const high = Math.max(1, aspect);
  for (let i = 0; i < total; i += 1) {
    const name = i < kinds.length ? at(kinds, i) : random.pick(kinds);
    const icon = random.pick(palette.get(name) ?? []);
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const size = random.between(0.14, Math.max(0.18, largest * (1 - attempt / 60)));
      const width = size * wide;
      const height = size * high;
      const box = {
        x: random.between(width / 2, 1 - width / 2),
        y: random.between(height / 2, 1 - height / 2),
        width,
        height,
      };
      if (boxes.some((other) => overlaps(box, other))) continue;
      boxes.push(box);
      const object = { name, icon, x: box.x, y: box.y, size, turn: random.between(-12, 12) };
      objects.push(restyle === undefined ? object : { ...object, restyle });
      break;
    }
  }
  return objects;
}

function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const s = saturation / 100;
  const l = lightness / 100;
  const channel = (n: number): number => {
    const k = (n + (((hue % 360) + 360) % 360) / 30) % 12;
    return Math.round(255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
