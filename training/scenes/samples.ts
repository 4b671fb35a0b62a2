/**
 * Draws the sample pictures of the app: `tsx scenes/samples.ts <folder>` writes PNG files and samples.json.
 * They are laid out by hand, so that no training scene is among them.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paletteOf } from './icons.ts';
import { renderPng } from './render.ts';
import type { Background, Rgb, Scene, SceneObject, SceneSign, Style } from './scene.ts';
import type { BackgroundKind, Colour } from './vocabulary.ts';

const SIDE = 576;

/** Name, x, y, size, turn of an object. */
type Spot = readonly [string, number, number, number, number];

interface Sample {
  readonly file: string;
  readonly name: string;
  readonly caption: string;
  readonly style: Style;
  readonly background: readonly [BackgroundKind, Colour, Rgb, Rgb];
  readonly spots: readonly Spot[];
  readonly sign?: SceneSign;
  readonly initial?: boolean;
}

const SAMPLES: readonly Sample[] = [
  {
    file: 'cats-and-dog.png', name: 'Two cats and a dog', style: 'noto', initial: true,
    caption: 'Two cats and a dog on a plain blue background. The dog is at the bottom right.',
    background: ['plain', 'blue', [64, 120, 214], [64, 120, 214]],
    spots: [['cat', 0.27, 0.26, 0.34, -4], ['cat', 0.7, 0.3, 0.27, 5], ['dog', 0.73, 0.75, 0.36, 3]],
  },
  {
    file: 'traffic.png', name: 'Traffic', style: 'noto', initial: true,
    caption: 'A bus, a bicycle and two cars on a grey gradient background. The bus is at the top left.',
    background: ['gradient', 'grey', [176, 176, 178], [126, 126, 130]],
    spots: [['bus', 0.25, 0.25, 0.3, 0], ['bicycle', 0.74, 0.27, 0.3, 3], ['car', 0.28, 0.74, 0.29, -3], ['car', 0.74, 0.76, 0.26, 2]],
  },
  {
    file: 'bakery.png', name: 'A sign in German', style: 'twemoji', initial: true,
    caption: 'A croissant and two pretzels under a white sign with the German word "Bäckerei" (bakery) on a plain brown background.',
    background: ['plain', 'brown', [110, 66, 34], [110, 66, 34]],
    spots: [['croissant', 0.22, 0.66, 0.32, -5], ['pretzel', 0.55, 0.58, 0.25, 6], ['pretzel', 0.81, 0.78, 0.26, -3]],
    sign: {
      text: 'Bäckerei', language: 'German', english: 'bakery', x: 0.5, y: 0.2, width: 0.46, height: 0.15,
      board: '#ffffff', ink: '#111111', font: 'Roboto',
    },
  },
  {
    file: 'fruit.png', name: 'Fruit', style: 'fluent-emoji-flat',
    caption: 'Three strawberries, a banana and a pineapple on a striped yellow background. The pineapple is on the right.',
    background: ['striped', 'yellow', [250, 224, 84], [248, 214, 60]],
    spots: [
      ['strawberry', 0.18, 0.22, 0.2, -6], ['strawberry', 0.46, 0.18, 0.22, 8], ['strawberry', 0.2, 0.56, 0.2, 0],
      ['banana', 0.42, 0.82, 0.27, 4], ['pineapple', 0.8, 0.5, 0.34, 2],
    ],
  },
  {
    file: 'owl.png', name: 'An owl at night', style: 'twemoji',
    caption: 'A large owl in the centre and a crescent moon at the top right on a speckled black background.',
    background: ['speckled', 'black', [12, 13, 20], [24, 25, 32]],
    spots: [['owl', 0.45, 0.56, 0.5, 0], ['crescent moon', 0.83, 0.18, 0.22, -4]],
  },
  {
    file: 'orchestra.png', name: 'Instruments', style: 'fluent-emoji-flat',
    caption: 'A violin, a trumpet, a drum and two guitars on a gradient green background.',
    background: ['gradient', 'green', [98, 190, 112], [70, 160, 92]],
    spots: [
      ['violin', 0.2, 0.24, 0.28, 0], ['trumpet', 0.78, 0.22, 0.26, 4], ['drum', 0.5, 0.5, 0.25, 0],
      ['guitar', 0.2, 0.78, 0.27, -4], ['guitar', 0.8, 0.77, 0.28, 5],
    ],
  },
]; // prettier-ignore

const ART: Partial<Record<Style, readonly [string, string]>> = {
  noto: ['Drawn with Noto Emoji icons (Google)', 'Apache-2.0'],
  'fluent-emoji-flat': ['Drawn with Fluent Emoji icons (Microsoft)', 'MIT'],
  twemoji: ['Drawn with Twemoji icons (Twitter)', 'CC-BY-4.0'],
};

/** A photograph that lies beside the drawings: skimage/data/chelsea.png of scikit-image, as JPEG. */
const PHOTO = {
  file: 'chelsea.jpg',
  name: 'Chelsea the cat (photograph)',
  caption: 'A photograph of the face of a tabby cat.',
  source: 'Stéfan van der Walt, in scikit-image (skimage.data.chelsea)',
  licence: 'CC0-1.0',
};

function toScene(sample: Sample, seed: number): Scene {
  const palette = paletteOf(sample.style);
  const [kind, colour, rgb, second] = sample.background;
  const background: Background = { kind, colour, rgb, second, angle: 45, grain: 0.05 };
  const objects = sample.spots.map(([name, x, y, size, turn]): SceneObject => {
    const icon = palette.get(name)?.[0];
    if (icon === undefined) throw new Error(`${sample.style} can't draw ${name}`);
    return { name, icon, x, y, size, turn };
  });
  return { seed, style: sample.style, aspect: 1, background, objects, sign: sample.sign ?? null };
}

const folder = process.argv[2] ?? '.';
const entries = SAMPLES.map((sample, index) => {
  writeFileSync(join(folder, sample.file), renderPng(toScene(sample, index), SIDE));
  const [source, licence] = ART[sample.style] ?? ['', ''];
  const { file, name, caption, initial } = sample;
  return { file, name, caption, source, licence, ...(initial === true ? { initial } : {}) };
});
const all = existsSync(join(folder, PHOTO.file)) ? [...entries, PHOTO] : entries;
writeFileSync(join(folder, 'samples.json'), `${JSON.stringify(all, null, 2)}\n`);
