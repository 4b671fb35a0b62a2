import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

import { Problem } from './problem.mjs';

/** The first-paint script stays below this, so that the page shows before any model code loads. */
export const FIRST_PAINT_BUDGET_BYTES = 100_000;

/**
 * @typedef {object} FirstPaint
 * @property {{ path: string, gzipBytes: number }[]} files
 * @property {number} gzipBytes
 */

/**
 * What the browser loads before the first paint, compressed: the scripts that index.html names or
 * preloads, and whatever those import statically.
 * @param {string} dist
 * @returns {FirstPaint}
 */
export function measureFirstPaint(dist) {
  const named = scriptsOf(readFileSync(join(dist, 'index.html'), 'utf8'));
  if (named.length === 0) throw new Problem('dist/index.html names no script.');
  /** @type {Map<string, number>} */
  const sizes = new Map();
  const queue = named.map((url) => posix.normalize(url.replace(/^\//, '')));
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (sizes.has(path)) continue;
    if (!existsSync(join(dist, path))) {
      throw new Problem(`dist/index.html asks for ${path}, which dist does not hold.`);
    }
    const content = readFileSync(join(dist, path));
    sizes.set(path, gzipSync(content).length);
    for (const url of staticImports(content.toString('utf8'))) {
      const imported = posix.join(posix.dirname(path), url);
      // A string literal that reads like an import names no file.
      if (existsSync(join(dist, imported))) queue.push(imported);
    }
  }
  const files = [...sizes].map(([path, gzipBytes]) => ({ path, gzipBytes }));
  return { files, gzipBytes: files.reduce((sum, file) => sum + file.gzipBytes, 0) };
}

/**
 * @param {string} html
 * @returns {string[]}
 */
function scriptsOf(html) {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  return tags.flatMap((tag) => {
    const url = tag.startsWith('<script') ? attribute(tag, 'src') : attribute(tag, 'href');
    const rel = attribute(tag, 'rel') ?? '';
    const counts = tag.startsWith('<script') || rel === 'modulepreload' || rel === 'preload';
    return counts && url !== undefined ? [url] : [];
  });
}

/**
 * @param {string} tag
 * @param {string} name
 */
function attribute(tag, name) {
  return new RegExp(`\\s${name}=["']([^"']*)["']`).exec(tag)?.[1];
}

/**
 * @param {string} code
 * @returns {string[]}
 */
function staticImports(code) {
  const imports = code.matchAll(/\b(?:from|import)\s*["'](\.{1,2}\/[^"']+)["']/g);
  return Array.from(imports, (match) => match[1] ?? '');
}
