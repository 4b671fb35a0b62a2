/**
 * Draws signs for the reader: `tsx scenes/draw-signs.ts <train|val> <count> <out>` writes <out>.grey (rows of WIDTH * HEIGHT
 * bytes) and <out>.jsonl: the text, and the board's box in px.
 */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { at, type Random, seeded, seedOf } from './random.ts';
import { renderSign } from './render.ts';
import { makeBackground, makeBoard, type Scene } from './scene.ts';
import { KNOWN_SIGNS, OBJECTS, PHOTO_CLASSES, TRAINING_FONTS } from './vocabulary.ts';

/** What Phi's processor makes of any picture: one look at it all, SIDE px high and wide. */
const SIDE = 336;
const WIDTH = 300;
const HEIGHT = 72;
const LONGEST = 24;
const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789äöüßéèêàçñáíóúìòùÄÖÜÉ'];

const [split = '', count = '', out = ''] = process.argv.slice(2);

const phrases = KNOWN_SIGNS.flat();
/** Words of names and of phrases in all languages: letters come as they do in words. */
const words = [...OBJECTS.map(({ name }) => name), ...PHOTO_CLASSES, ...phrases].flatMap((text) => text.split(' '));

function sampleText(random: Random): string {
  const lot = random.next();
  if (lot < 0.3) return random.pick(phrases);
  const text = Array.from({ length: random.integer(1, 3) }, () => sampleWord(random)).join(' ').slice(0, LONGEST).trim();
  const style = random.next();
  return style < 0.2 ? text.toUpperCase() : style < 0.5 ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

function sampleWord(random: Random): string {
  const word = random.pick(words);
  const lot = random.next();
  if (lot < 0.15) return Array.from({ length: random.integer(1, 8) }, () => random.pick(LETTERS)).join('');
  if (lot < 0.6) return word;
  // A word that nobody knows, of real syllables.
  const cut = random.integer(1, Math.max(1, word.length - 1));
  return word.slice(0, cut) + random.pick(words).slice(-random.integer(1, 5));
}

function sampleSign(index: number): Scene {
  const random = seeded(seedOf(`signs/${split}`, index));
  const font = random.pick(TRAINING_FONTS).family;
  const board = makeBoard(random, sampleText(random), font);
  const sign = { ...board, language: 'English', english: '' } as const;
  return { seed: index, style: 'noto', aspect: 1, background: makeBackground(random), objects: [], sign };
}

const facts: string[] = [];
const pixels = openSync(`${out}.grey`, 'w');
for (let i = 0; i < Number(count); i += 1) {
  const scene = sampleSign(i);
  writeSync(pixels, renderSign(scene, SIDE, WIDTH, HEIGHT));
  const { text, width, height } = scene.sign ?? at([], 0);
  facts.push(JSON.stringify({ text, width: width * SIDE, height: height * SIDE }));
}
closeSync(pixels);
writeFileSync(`${out}.jsonl`, `${facts.join('\n')}\n`);
console.log(`${split}: ${count} signs`);
