import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { iconOf } from './icons.ts';
import { AS_IT_IS, restyled } from './restyle.ts';
import { type Random, seeded } from './random.ts';
import { type Background, PAD, type Rgb, type Scene, type SceneObject, type SceneSign } from './scene.ts';
import { HELD_OUT_FONTS, TRAINING_FONTS } from './vocabulary.ts';

/** Drawing units of the square. */
const SIDE = 512;

const require = createRequire(import.meta.url);
const fontFiles = new Map(
  [...TRAINING_FONTS, ...HELD_OUT_FONTS].map(({ family, file }) => [family, require.resolve(file)]),
);

/** Draws a scene as a square of `side` pixels; a picture that isn't square is padded with PAD. */
export function renderPng(scene: Scene, side: number): Buffer {
  return resvg(scene, side).render().asPng();
}

/** The picture alone, without padding; its longer side has `side` pixels. */
export function renderPicture(scene: Scene, side: number): Buffer {
  const width = SIDE * Math.min(1, scene.aspect);
  const height = SIDE * Math.min(1, 1 / scene.aspect);
  const view = [(SIDE - width) / 2, (SIDE - height) / 2, width, height].map(px).join(' ');
  const svg = toSvg(scene).replace(/viewBox="[^"]*"/u, `viewBox="${view}"`);
  return new Resvg(svg, {
    fitTo: { mode: width < height ? 'height' : 'width', value: side },
    font: { loadSystemFonts: false, fontFiles: scene.sign === null ? [] : [fontFile(scene.sign.font)] },
  })
    .render()
    .asPng();
}

/** The same as raw rows of RGB bytes, side * side * 3. */
export function renderRgb(scene: Scene, side: number): Uint8Array {
  const rgba: Uint8Array = resvg(scene, side).render().pixels;
  const rgb = new Uint8Array(side * side * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    rgb.set(rgba.subarray(from, from + 3), to);
    to += 3;
  }
  return rgb;
}

/** The part of a scene around its sign, as rows of grey bytes: `width` x `height` px at the scale of a square of `side` px. */
export function renderSign(scene: Scene, side: number, width: number, height: number): Uint8Array {
  const { sign: board } = scene;
  if (board === null) throw new Error('no sign');
  const unit = SIDE / side;
  const [x, y] = [board.x * SIDE - (width * unit) / 2, board.y * SIDE - (height * unit) / 2];
  const view = [x, y, width * unit, height * unit].map(px).join(' ');
  const svg = toSvg(scene).replace(/viewBox="[^"]*"/u, `viewBox="${view}"`);
  const rgba: Uint8Array = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: { loadSystemFonts: false, fontFiles: [fontFile(board.font)] },
  }).render().pixels;
  return Uint8Array.from({ length: width * height }, (_, at) => {
    const [red = 0, green = 0, blue = 0] = rgba.subarray(at * 4, at * 4 + 3);
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  });
}

function resvg(scene: Scene, side: number): Resvg {
  return new Resvg(toSvg(scene), {
    fitTo: { mode: 'width', value: side },
    font: { loadSystemFonts: false, fontFiles: scene.sign === null ? [] : [fontFile(scene.sign.font)] },
  });
}

export function fontFile(family: string): string {
  const file = fontFiles.get(family);
  if (file === undefined) throw new Error(`no font ${family}`);
  return file;
}

/** The scene as SVG: the padded square with the picture's own coordinate system inside. */
export function toSvg(scene: Scene): string {
  const width = SIDE * Math.min(1, scene.aspect);
  const height = SIDE * Math.min(1, 1 / scene.aspect);
  const random = seeded(scene.seed ^ 0x5ca1ab1e);
  const picture = [
    background(scene.background, random, width, height),
    scene.sign === null ? '' : sign(scene.sign, width, height),
    ...scene.objects.map((object) => drawing(scene, object, width, height)),
  ].join('');
  const clip = `<svg x="${px((SIDE - width) / 2)}" y="${px((SIDE - height) / 2)}" width="${px(width)}" height="${px(height)}">`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${String(SIDE)} ${String(SIDE)}">` +
    `<rect width="${String(SIDE)}" height="${String(SIDE)}" fill="${css(PAD)}"/>${clip}${picture}</svg></svg>`
  );
}

const px = (value: number): string => value.toFixed(1);
const css = (rgb: Rgb): string => `rgb(${rgb.join(',')})`;

function background(back: Background, random: Random, width: number, height: number): string {
  const size = `width="${px(width)}" height="${px(height)}"`;
  const plain = `<rect ${size} fill="${css(back.rgb)}"/>`;
  const turn = String(back.angle);
  switch (back.kind) {
    case 'plain':
      return plain;
    case 'gradient':
      return (
        `<linearGradient id="scene-g" gradientTransform="rotate(${turn} .5 .5)"><stop stop-color="${css(back.rgb)}"/>` +
        `<stop offset="1" stop-color="${css(back.second)}"/></linearGradient><rect ${size} fill="url(#scene-g)"/>`
      );
    case 'striped': {
      const step = px(back.grain * SIDE * 2);
      const half = px(back.grain * SIDE);
      return (
        `<pattern id="scene-s" width="${step}" height="${step}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})">` +
        `<rect width="${step}" height="${step}" fill="${css(back.rgb)}"/><rect width="${half}" height="${step}" fill="${css(back.second)}"/>` +
        `</pattern><rect ${size} fill="url(#scene-s)"/>`
      );
    }
    case 'speckled': {
      const dots = Array.from({ length: 120 }, () => {
        const radius = px(back.grain * SIDE * random.between(0.08, 0.22));
        return `<circle cx="${px(random.next() * width)}" cy="${px(random.next() * height)}" r="${radius}"/>`;
      });
      return `${plain}<g fill="${css(back.second)}">${dots.join('')}</g>`;
    }
  }
}

function drawing(scene: Scene, object: SceneObject, width: number, height: number): string {
  const icon = iconOf(scene.style, object.icon);
  if (icon === null) throw new Error(`${scene.style} has no icon ${object.icon}`);
  const body = restyled(icon.body, object.restyle ?? AS_IT_IS, icon.width, icon.height);
  const side = object.size * SIDE;
  const x = object.x * width;
  const y = object.y * height;
  return (
    `<g transform="rotate(${px(object.turn)} ${px(x)} ${px(y)})"><svg x="${px(x - side / 2)}" y="${px(y - side / 2)}" ` +
    `width="${px(side)}" height="${px(side)}" viewBox="0 0 ${String(icon.width)} ${String(icon.height)}">${body}</svg></g>`
  );
}

function sign(board: SceneSign, width: number, height: number): string {
  const w = board.width * width;
  const h = board.height * height;
  const x = board.x * width;
  const y = board.y * height;
  // Wide fonts take 0.62 of their size a letter.
  const font = Math.min(h * 0.62, (w * 1.45) / Math.max(4, board.text.length));
  const text = board.text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;');
  return (
    `<rect x="${px(x - w / 2)}" y="${px(y - h / 2)}" width="${px(w)}" height="${px(h)}" rx="6" fill="${board.board}" stroke="${board.ink}" stroke-width="3"/>` +
    `<text x="${px(x)}" y="${px(y + font * 0.34)}" font-family="${board.font}" font-size="${px(font)}" text-anchor="middle" fill="${board.ink}">${text}</text>`
  );
}
