import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Palette, Style } from './scene.ts';
import { OBJECTS } from './vocabulary.ts';

interface IconSet {
  readonly width?: number;
  readonly height?: number;
  readonly icons: Readonly<Record<string, { body: string; width?: number; height?: number }>>;
}

export interface Icon {
  readonly body: string;
  readonly width: number;
  readonly height: number;
}

const require = createRequire(import.meta.url);
const sets = new Map<Style, IconSet>();

function setOf(style: Style): IconSet {
  let set = sets.get(style);
  if (set === undefined) {
    set = JSON.parse(readFileSync(require.resolve(`@iconify-json/${style}/icons.json`), 'utf8')) as IconSet;
    sets.set(style, set);
  }
  return set;
}

/** Icons on which resvg aborts the process or draws nothing, found by check-icons.ts. */
const broken = new Set(
  JSON.parse(readFileSync(new URL('data/broken-icons.json', import.meta.url), 'utf8')) as string[],
);

/** Icons that show something else than their name does in the other sets: the flag of Turkey. */
const mistaken = new Set(['streamline-emojis:turkey']);

export function iconOf(style: Style, name: string): Icon | null {
  const set = setOf(style);
  const icon = set.icons[name];
  if (icon === undefined) return null;
  return {
    body: icon.body,
    width: icon.width ?? set.width ?? 16,
    height: icon.height ?? set.height ?? 16,
  };
}

/** The drawable icons of a style, by object name. */
export function paletteOf(style: Style): Palette {
  const palette = new Map<string, string[]>();
  for (const { name, icons } of OBJECTS) {
    const usable = icons.filter((icon) => {
      const id = `${style}:${icon}`;
      return iconOf(style, icon) !== null && !broken.has(id) && !mistaken.has(id);
    });
    if (usable.length > 0) palette.set(name, usable);
  }
  return palette;
}
