import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { measureFirstPaint } from '../../../scripts/first-paint.mjs';

let dist = '';

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'first-paint-'));
  mkdirSync(join(dist, 'assets'));
});

afterEach(() => {
  rmSync(dist, { recursive: true });
});

function write(path: string, content: string): number {
  writeFileSync(join(dist, path), content);
  return gzipSync(content).length;
}

test('the entry, what is preloaded and what those import count, each once; later loads do not', () => {
  write(
    'index.html',
    `<script type="module" crossorigin src="/assets/index-a.js"></script>
     <link rel="modulepreload" crossorigin href="/assets/shared-b.js">
     <link rel="stylesheet" href="/assets/index-c.css"><link rel="icon" href="/icon.svg">`,
  );
  const entry = write(
    'assets/index-a.js',
    'import"./shared-b.js";import{x}from"./deep-d.js";import("./later-e.js");const s=\'from "./no.js"\'',
  );
  const shared = write('assets/shared-b.js', randomBytes(900).toString('hex'));
  const deep = write('assets/deep-d.js', 'export const x=1;import"./index-a.js"');
  write('assets/later-e.js', randomBytes(9000).toString('hex'));
  write('assets/index-c.css', 'body{}');
  const { files, gzipBytes } = measureFirstPaint(dist);
  expect(files.map((file) => file.path)).toEqual([
    'assets/index-a.js',
    'assets/shared-b.js',
    'assets/deep-d.js',
  ]);
  expect(gzipBytes).toBe(entry + shared + deep);
});

test('a build for a relative base is measured as well', () => {
  write('index.html', '<script type="module" src="./assets/index-a.js"></script>');
  const entry = write('assets/index-a.js', 'export {};');
  expect(measureFirstPaint(dist).gzipBytes).toBe(entry);
});

test('a page without a script, or with one that is not there, is no small page', () => {
  write('index.html', '<p>nothing</p>');
  expect(() => measureFirstPaint(dist)).toThrow('names no script');
  write('index.html', '<script type="module" src="/assets/gone.js"></script>');
  expect(() => measureFirstPaint(dist)).toThrow('which dist does not hold');
});
