import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { ensureBuilt, isBuilt } from '../../../scripts/build.mjs';

// Each build starts a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let root = '';

/** Stands in for Vite: empties dist, counts its runs, and fails where there is no source. */
const VITE = `
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
appendFileSync('runs', '.');
rmSync('dist', { recursive: true, force: true });
if (!existsSync('src/main.ts')) process.exit(3);
mkdirSync('dist');
writeFileSync('dist/index.html', '<!doctype html>');
`;

beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  root = mkdtempSync(join(tmpdir(), 'build-'));
  write('node_modules/vite/package.json', '{ "type": "module" }');
  write('node_modules/vite/bin/vite.js', VITE);
  write('src/main.ts', 'one');
  write('src/core/cell.ts', 'cell');
  write('index.html', '<!doctype html>');
  write('package-lock.json', '{}');
  write('tsconfig.base.json', '{}');
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

test('nothing is built at first; afterwards the build stands', async () => {
  expect(isBuilt(root)).toBe(false);
  expect(await ensureBuilt(root)).toBe('built');
  expect(isBuilt(root)).toBe(true);
  expect(await ensureBuilt(root)).toBe('up to date');
});

test.each([
  ['src/core/cell.ts', 'bell'],
  ['src/core/new.ts', ''],
  ['workers/new.ts', 'new'],
  ['public/models/a.onnx', 'weights'],
  ['index.html', 'changed'],
  ['vite.config.ts', 'new'],
  ['svelte.config.js', 'new'],
  ['package-lock.json', '{ "changed": 1 }'],
  ['tsconfig.base.json', '{ "changed": 1 }'],
  ['tsconfig.new.json', '{}'],
])('a change of %s makes it stale', async (path, content) => {
  await ensureBuilt(root);
  write(path, content);
  expect(isBuilt(root)).toBe(false);
  expect(await ensureBuilt(root)).toBe('built');
});

test('a removed or a renamed file makes it stale', async () => {
  await ensureBuilt(root);
  rmSync(join(root, 'src/core/cell.ts'));
  expect(isBuilt(root)).toBe(false);
  write('src/core/renamed.ts', 'cell');
  expect(isBuilt(root)).toBe(false);
});

test('a file that only got a new time, or is no input, does not', async () => {
  await ensureBuilt(root);
  utimesSync(join(root, 'src/main.ts'), 1, 1);
  write('tests/unit/new.test.ts', 'new');
  write('README.md', 'new');
  expect(isBuilt(root)).toBe(true);
});

test('a dist that somebody emptied or rebuilt by hand is built again', async () => {
  await ensureBuilt(root);
  rmSync(join(root, 'dist/index.html'));
  expect(isBuilt(root)).toBe(false);
});

test('a failed build says so and leaves nothing that counts as built', async () => {
  await ensureBuilt(root);
  rmSync(join(root, 'src/main.ts'));
  await expect(ensureBuilt(root)).rejects.toThrow('The build failed');
  expect(isBuilt(root)).toBe(false);
});
