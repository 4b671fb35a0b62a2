import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { iconOf } from './icons.ts';
import { type Random, seeded } from './random.ts';
import { type Background, PAD, type Rgb, type Scene, type SceneObject, type SceneSign } from './scene.ts';

/** Drawing units of the square. */
const SIDE = 512;

/** Folders of Debian's fonts-liberation and fonts-dejavu-core; TRAINING_FONTS names others. */
const FONT_FOLDERS = (
  process.env['TRAINING_FONTS'] ?? '/usr/share/fonts/truetype/liberation:/usr/share/fonts/truetype/dejavu'
).split(':');
const FONT_FILE = /^(LiberationS(ans|erif)-Regular|DejaVuS(ans|erif))\.ttf$/u;

const fontFiles = FONT_FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => FONT_FILE.test(file))
    .map((file) => join(folder, file)),
);

/** Draws a scene as a square of `side` pixels; a picture that isn't square is padded with PAD. */
export function renderPng(scene: Scene, side: number): Buffer {
  return resvg(scene, side).render().asPng();
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

function resvg(scene: Scene, side: number): Resvg {
  return new Resvg(toSvg(scene), {
    fitTo: { mode: 'width', value: side },
    font: { loadSystemFonts: false, fontFiles: scene.sign === null ? [] : fontFiles },
  });
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
  const side = object.size * SIDE;
  const x = object.x * width;
  const y = object.y * height;
  return (
    `<g transform="rotate(${px(object.turn)} ${px(x)} ${px(y)})"><svg x="${px(x - side / 2)}" y="${px(y - side / 2)}" ` +
    `width="${px(side)}" height="${px(side)}" viewBox="0 0 ${String(icon.width)} ${String(icon.height)}">${icon.body}</svg></g>`
  );
}

function sign(board: SceneSign, width: number, height: number): string {
  const w = board.width * width;
  const h = board.height * height;
  const x = board.x * width;
  const y = board.y * height;
  const font = Math.min(h * 0.62, (w * 1.7) / Math.max(4, board.text.length));
  const text = board.text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;');
  return (
    `<rect x="${px(x - w / 2)}" y="${px(y - h / 2)}" width="${px(w)}" height="${px(h)}" rx="6" fill="${board.board}" stroke="${board.ink}" stroke-width="3"/>` +
    `<text x="${px(x)}" y="${px(y + font * 0.34)}" font-family="${board.font}" font-size="${px(font)}" text-anchor="middle" fill="${board.ink}">${text}</text>`
  );
}
