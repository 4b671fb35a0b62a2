import { describe, expect, test } from 'vitest';
import { sha256Hex, shortHash } from '../../../src/core/hash';
import { newId } from '../../../src/core/id';
import { fileSourceKey } from '../../../src/core/image';

describe('fileSourceKey', () => {
  const file = { name: 'a.png', size: 5, lastModified: 7 };

  test('is name, size and time', () => {
    expect(fileSourceKey(file)).toBe('file:a.png:5:7');
  });

  test.each([
    ['name', { name: 'b.png' }],
    ['size', { size: 6 }],
    ['time', { lastModified: 8 }],
    ['folder', { webkitRelativePath: 'x/a.png' }],
  ])('another %s is another source', (_, change) => {
    expect(fileSourceKey({ ...file, ...change })).not.toBe(fileSourceKey(file));
  });

  test('an empty folder path is no path', () => {
    expect(fileSourceKey({ ...file, webkitRelativePath: '' })).toBe(fileSourceKey(file));
  });
});

describe('hashes and ids', () => {
  test('sha256Hex is SHA-256', async () => {
    expect(await sha256Hex('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(await shortHash('abc')).toBe('ba7816bf8f01cfea');
  });

  test('ids are 128 random bits', () => {
    const ids = Array.from({ length: 50 }, newId);
    expect(new Set(ids).size).toBe(50);
    expect(ids.every((id) => /^[\da-f]{32}$/u.test(id))).toBe(true);
  });
});
