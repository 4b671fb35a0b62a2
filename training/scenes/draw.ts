/**
 * Draws a split of scenes: `tsx scenes/draw.ts <split> <lots> <count> <side> <out> <style> [<style> ...]` writes <out>.rgb (rows of
 * side * side * 3 bytes) and <out>.jsonl (the scenes as data). Styles take turns. Splits have their own seeds.
 */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { paletteOf } from './icons.ts';
import { at, seedOf } from './random.ts';
import { renderRgb } from './render.ts';
import { LOTS, makeScene, STYLES, type Style } from './scene.ts';

const [split = '', chosen = '', count = '', side = '', out = '', ...styles] = process.argv.slice(2);
const known = styles.filter((style): style is Style => (STYLES as readonly string[]).includes(style));
const lots = LOTS.find((each) => each === chosen);
if (lots === undefined || known.length === 0 || known.length < styles.length) {
  throw new Error('usage: draw.ts split lots count side out style...');
}

const palettes = known.map((style) => paletteOf(style));
const facts: string[] = [];
const pixels = openSync(`${out}.rgb`, 'w');
for (let i = 0; i < Number(count); i += 1) {
  const turn = i % known.length;
  const seed = seedOf(`${split}/${at(known, turn)}`, i);
  const scene = makeScene(seed, at(known, turn), at(palettes, turn), lots);
  writeSync(pixels, renderRgb(scene, Number(side)));
  facts.push(JSON.stringify(scene));
}
closeSync(pixels);
writeFileSync(`${out}.jsonl`, `${facts.join('\n')}\n`);
console.log(`${split}: ${count} scenes of ${known.join(', ')}`);
