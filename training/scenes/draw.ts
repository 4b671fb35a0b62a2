/**
 * Draws a split of scenes: `tsx scenes/draw.ts <split> <lots> <count> <side> <out> <style> [<style> ...]` writes <out>.rgb (rows of
 * side * side * 3 bytes) and <out>.jsonl (the scenes as data). Styles take turns. Splits have their own seeds.
 *
 * resvg aborts the process on some outlines, at certain sizes and angles: a child draws, and where it dies the scene is
 * drawn in its icons' own style. It goes on where a killed one stopped.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { paletteOf } from './icons.ts';
import { at, seedOf } from './random.ts';
import { renderRgb } from './render.ts';
import { LOTS, makeScene, STYLES, type Scene, type Style } from './scene.ts';

const [split = '', chosen = '', count = '', side = '', out = '', ...styles] = process.argv.slice(2);
const known = styles.filter((style): style is Style => (STYLES as readonly string[]).includes(style));
const lots = LOTS.find((each) => each === chosen);
if (lots === undefined || known.length === 0 || known.length < styles.length) {
  throw new Error('usage: draw.ts split lots count side out style...');
}

const PLAIN = 'DRAW_PLAIN';
const plain = process.env[PLAIN];
if (plain !== undefined) drawRest(new Set(plain.split(',').map(Number)));
else {
  const refused: number[] = [-1];
  while (drawn() < Number(count)) {
    const env = { ...process.env, [PLAIN]: refused.join(',') };
    const args = [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
    const child = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'ignore'] });
    if (child.status !== 0) refused.push(drawn());
  }
  console.log(`${split}: ${count} scenes of ${known.join(', ')}, ${String(refused.length - 1)} of them not restyled`);
}

function drawn(): number {
  return existsSync(`${out}.jsonl`) ? readFileSync(`${out}.jsonl`, 'utf8').split('\n').length - 1 : 0;
}

function drawRest(plainOnes: ReadonlySet<number>): void {
  const palettes = known.map((style) => paletteOf(style));
  const first = drawn();
  const pixels = openSync(`${out}.rgb`, first === 0 ? 'w' : 'r+');
  const facts = openSync(`${out}.jsonl`, 'a');
  const bytes = Number(side) ** 2 * 3;
  for (let i = first; i < Number(count); i += 1) {
    const turn = i % known.length;
    const seed = seedOf(`${split}/${at(known, turn)}`, i);
    const scene = makeScene(seed, at(known, turn), at(palettes, turn), lots ?? 'train');
    const shown = plainOnes.has(i) ? asItIs(scene) : scene;
    writeSync(pixels, renderRgb(shown, Number(side)), 0, bytes, i * bytes);
    // The line is what counts a scene as drawn.
    writeSync(facts, `${JSON.stringify(shown)}\n`);
  }
  closeSync(pixels);
  closeSync(facts);
}

function asItIs(scene: Scene): Scene {
  return { ...scene, objects: scene.objects.map(({ restyle: _, ...object }) => object) };
}
