import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  beginsLikePicture,
  BEGINNING_BYTES,
  folderOf,
  isArchiveName,
  isCaptionList,
  isHiddenName,
  isPictureName,
  nameOf,
  stemOf,
} from '../../../src/core/picture-names';

const fixture = (name: string) =>
  new Uint8Array(
    readFileSync(fileURLToPath(new URL(`../../fixtures/images/${name}`, import.meta.url))),
  ).subarray(0, BEGINNING_BYTES);

describe('names', () => {
  test.each(['a.png', 'a.JPG', 'a.b.jpeg', 'a.tif', 'a.HEIC', 'a.svg'])(
    '%s may be a picture',
    (name) => {
      expect(isPictureName(name)).toBe(true);
    },
  );

  test.each(['a.txt', 'png', 'a.png.part', 'a.zip', 'a'])('%s is none', (name) => {
    expect(isPictureName(name)).toBe(false);
  });

  test.each(['.DS_Store', '._a.jpg', '.git', '__MACOSX', 'Thumbs.db', 'DESKTOP.INI'])(
    '%s is hidden',
    (name) => {
      expect(isHiddenName(name)).toBe(true);
    },
  );

  test.each(['..', 'a.jpg', 'thumbs.png'])('%s is not', (name) => {
    expect(isHiddenName(name)).toBe(false);
  });

  test('of archives and of lists of captions', () => {
    expect(['a.zip', 'b.CBZ', 'zip'].map(isArchiveName)).toEqual([true, true, false]);
    expect(['metadata.jsonl', 'Metadata.csv', 'x-metadata.csv'].map(isCaptionList)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('are cut from paths', () => {
    expect([nameOf('a/b/c.d.jpg'), folderOf('a/b/c.jpg'), stemOf('a.b/c.d.jpg')]).toEqual([
      'c.d.jpg',
      'a/b',
      'a.b/c.d',
    ]);
    expect([nameOf('c.jpg'), folderOf('c.jpg'), stemOf('a.b/c')]).toEqual(['c.jpg', '', 'a.b/c']);
  });
});

test.each([
  ['good-32x32.png', true],
  ['exif-rotated.jpg', true],
  ['good.gif', true],
  ['good.webp', true],
  ['good.bmp', true],
  ['photo.heic', true],
  ['text.png', false],
  ['drawing.svg', false],
  ['empty.png', false],
])('the first bytes of %s', (name, isOne) => {
  expect(beginsLikePicture(fixture(name))).toBe(isOne);
});
