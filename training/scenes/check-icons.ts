/**
 * Finds the icons that resvg can't draw: some abort the whole process, some come out empty.
 * `tsx check-icons.ts` writes data/broken-icons.json. Every batch runs in a child process; a batch that dies
 * is repeated icon by icon.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { iconOf } from './icons.ts';
import { STYLES, type Style } from './scene.ts';
import { OBJECTS } from './vocabulary.ts';

const self = fileURLToPath(import.meta.url);
/** Side in pixels, turn in degrees. */
const TRIALS = [45, 56, 64, 79, 93, 110, 127, 160].flatMap((side) => [-9, -4, 0, 7, 11].map((turn) => [side, turn] as const));

const [style, names] = process.argv.slice(2);

if (style !== undefined && names !== undefined) {
  const empty = names.split(',').filter((name) => !drawsSomething(style as Style, name));
  process.stdout.write(JSON.stringify(empty));
} else {
  const broken = STYLES.flatMap((each) => brokenOf(each));
  writeFileSync(new URL('data/broken-icons.json', import.meta.url), `${JSON.stringify(broken, null, 1)}\n`);
  console.log(`${String(broken.length)} broken icons`);
}

function drawsSomething(set: Style, name: string): boolean {
  const icon = iconOf(set, name);
  if (icon === null) return true;
  // Some icons abort only at certain scales and angles.
  return TRIALS.every(([side, turn]) => {
    const [width, height] = [String(icon.width), String(icon.height)];
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 64 64">` +
      `<g transform="rotate(${String(turn)} 32 32)"><svg width="64" height="64" viewBox="0 0 ${width} ${height}">${icon.body}</svg></g></svg>`;
    const options = { fitTo: { mode: 'width', value: side }, font: { loadSystemFonts: false } } as const;
    const pixels: Uint8Array = new Resvg(svg, options).render().pixels;
    let covered = 0;
    for (let alpha = 3; alpha < pixels.length; alpha += 4) covered += (pixels[alpha] ?? 0) > 128 ? 1 : 0;
    return covered > side * side * 0.06;
  });
}

function brokenOf(set: Style): string[] {
  const all = [...new Set(OBJECTS.flatMap((object) => object.icons))].filter((name) => iconOf(set, name) !== null);
  const whole = batch(set, all);
  const bad = whole ?? all.filter((name) => batch(set, [name])?.length !== 0);
  console.log(set, all.length, 'icons,', bad.length, 'broken');
  return bad.map((name) => `${set}:${name}`);
}

/** The icons of a batch that came out empty, or null if the child died. */
function batch(set: Style, icons: readonly string[]): string[] | null {
  const child = spawnSync(process.execPath, [...process.execArgv, self, set, icons.join(',')], { encoding: 'utf8' });
  return child.status === 0 ? (JSON.parse(child.stdout) as string[]) : null;
}
