import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { runCommand } from './command.mjs';
import { Problem, say } from './problem.mjs';

/** What the build is made from, beside every tsconfig*.json. */
const INPUTS = [
  'src',
  'workers',
  'public',
  'index.html',
  'svelte.config.js',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

/** Lies inside dist, which Vite empties first: a build that was broken off leaves none. */
const STAMP = join('dist', '.build-inputs');

/**
 * A hash over names and contents of all that the build is made from. Contents, not times: a fresh
 * clone or a switched branch with the same files needs no new build.
 * @param {string} root
 * @returns {string}
 */
export function inputsHash(root) {
  const tsconfigs = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
  const hash = createHash('sha256');
  for (const input of [...INPUTS, ...tsconfigs].sort()) {
    for (const path of filesUnder(root, input)) {
      const content = readFileSync(join(root, path));
      hash.update(`${path}\0${String(content.length)}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

/**
 * Whether dist is what a build would make now.
 * @param {string} root
 */
export function isBuilt(root) {
  const stamp = join(root, STAMP);
  if (!existsSync(stamp) || !existsSync(join(root, 'dist', 'index.html'))) return false;
  return readFileSync(stamp, 'utf8') === inputsHash(root);
}

/**
 * Builds dist unless it is what a build would make now.
 * @param {string} root
 * @param {{ limitMs?: number }} [options]
 * @returns {Promise<'built' | 'up to date'>}
 */
export async function ensureBuilt(root, options = {}) {
  if (isBuilt(root)) return 'up to date';
  say('Building the app …');
  const hash = inputsHash(root);
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, timedOut } = await runCommand(
    process.execPath,
    [vite, 'build', '--logLevel', 'warn'],
    {
      cwd: root,
      ...options,
    },
  );
  if (timedOut) throw new Problem('The build ran over its time limit and was stopped.');
  if (code !== 0) throw new Problem('The build failed; its messages are above.');
  writeFileSync(join(root, STAMP), hash);
  return 'built';
}

/**
 * The files at or below a path, in an order that is the same everywhere; none if it is not there.
 * @param {string} root
 * @param {string} path relative to the root, with slashes
 * @returns {string[]}
 */
function filesUnder(root, path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  const names = readdirSync(join(root, path)).sort();
  return names.flatMap((name) => filesUnder(root, `${path}/${name}`));
}
