import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { ensureInstalled, isInstalled } from '../../../scripts/install.mjs';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'install-'));
  write('package-lock.json', {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/vite': { version: '8.3.8' },
      'node_modules/fsevents': { version: '2.3.3', optional: true },
    },
  });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, content: unknown): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), JSON.stringify(content));
}

function writeRecord(version: string): void {
  write('node_modules/.package-lock.json', { packages: { 'node_modules/vite': { version } } });
}

test('without node_modules there is something to install', () => {
  expect(isInstalled(root)).toBe(false);
});

test('an install by hand counts, without the packages of other systems', () => {
  writeRecord('8.3.8');
  expect(isInstalled(root)).toBe(true);
});

test('another version than the lock file names does not count', () => {
  writeRecord('8.3.7');
  expect(isInstalled(root)).toBe(false);
});

test('the stamp stands for the lock file that it was made from, and for no other', async () => {
  writeRecord('8.3.8');
  await ensureInstalled(root);
  rmSync(join(root, 'node_modules/.package-lock.json'));
  expect(isInstalled(root)).toBe(true);
  write('package-lock.json', { packages: { 'node_modules/vite': { version: '8.4.0' } } });
  expect(isInstalled(root)).toBe(false);
});
