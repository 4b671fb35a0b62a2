/**
 * Draws a held-out set: `tsx scenes/held-out.ts <set> <seed> <images> <folder>` writes PNG files and truth.json: what is true of
 * each, and yes/no questions about it.
 * Sets: `mix` (the six styles that models were trained on, new scenes), `unseen` (two styles, three fonts and every second
 * phrase that none was trained on), `validation` (as mix, for fitting), or the name of a style.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paletteOf } from './icons.ts';
import { at, seeded, seedOf } from './random.ts';
import { renderPicture } from './render.ts';
import { type Lots, makeScene, STYLES, type Style } from './scene.ts';
import { factsOf, yesNoQuestions } from './truth.ts';

const SIDE = 512;
const UNSEEN: readonly Style[] = ['openmoji', 'emojione'];
const TRAINED = STYLES.filter((style) => !UNSEEN.includes(style));

const [set = '', seed = '', images = '', folder = ''] = process.argv.slice(2);

function stylesOf(name: string): readonly Style[] {
  if (name === 'mix' || name === 'validation') return TRAINED;
  if (name === 'unseen') return UNSEEN;
  const style = STYLES.find((each) => each === name);
  if (style === undefined) throw new Error(`no set ${name}: mix, unseen, validation, ${STYLES.join(', ')}`);
  return [style];
}

const styles = stylesOf(set);
const palettes = styles.map((style) => paletteOf(style));
mkdirSync(folder, { recursive: true });
const truth = Array.from({ length: Number(images) }, (_, index) => {
  const turn = index % styles.length;
  const style = at(styles, turn);
  const lots: Lots = UNSEEN.includes(style) ? 'unseen' : 'known';
  const scene = makeScene(seedOf(`evaluate/${set}/${seed}`, index), style, at(palettes, turn), lots);
  const file = `${set}-${seed}-${String(index).padStart(4, '0')}.png`;
  writeFileSync(join(folder, file), renderPicture(scene, SIDE));
  const random = seeded(scene.seed ^ 0x7e5);
  return { file, style, facts: factsOf(scene), questions: yesNoQuestions(scene, random) };
});
writeFileSync(join(folder, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
