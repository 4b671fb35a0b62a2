import { expect, test } from 'vitest';
import { byPart, convertedFiles, repositoryFiles } from '../../../../src/core/hub/parquet-paths';
import {
  folderOf,
  pictureFolders,
  picturesIn,
  PictureTexts,
} from '../../../../src/core/hub/picture-files';

const files = (...paths: string[]) => paths.map((path) => ({ path, bytes: 10 }));

test.each([
  ['data/train-00000-of-00004.parquet', 'default', 'train'],
  ['train.parquet', 'default', 'train'],
  ['en/validation-00000-of-00001-0a1b2c3d4e5f6a7b.parquet', 'en', 'validation'],
  ['data/en/dev_0.parquet', 'en', 'validation'],
  ['en/test/0000.parquet', 'en', 'test'],
  ['en/test/part-3.parquet', 'en', 'test'],
  ['some/rows.parquet', 'some', 'train'],
])('in a repository %s is %s/%s', (path, config, split) => {
  expect(repositoryFiles(files(path))).toMatchObject([{ config, split, path }]);
});

test('the Hub’s own say it themselves, also where they are but the first rows', () => {
  const found = convertedFiles(
    files(
      'b/partial-train/0001.parquet',
      'b/partial-train/0000.parquet',
      'a/test/0000.parquet',
      'README.md',
    ),
  );
  expect(
    byPart(found).map((part) => part.map(({ config, split, path }) => [config, split, path])),
  ).toEqual([
    [['a', 'test', 'a/test/0000.parquet']],
    [
      ['b', 'train', 'b/partial-train/0000.parquet'],
      ['b', 'train', 'b/partial-train/0001.parquet'],
    ],
  ]);
});

test('pictures are found below folders', () => {
  const all = files('b/2.JPG', 'b/1.png', 'a/x/3.webp', 'a/notes.txt', 'bb/4.png');
  expect(picturesIn(all).map(({ path }) => path)).toEqual([
    'a/x/3.webp',
    'b/1.png',
    'b/2.JPG',
    'bb/4.png',
  ]);
  expect(picturesIn(all, 'b').map(({ path }) => path)).toEqual(['b/1.png', 'b/2.JPG']);
  expect(picturesIn(all, 'b/1.png')).toHaveLength(1);
  expect(pictureFolders(picturesIn(all)).map(({ folder, count }) => [folder, count])).toEqual([
    ['', 4],
    ['a', 1],
    ['a/x', 1],
    ['b', 2],
    ['bb', 1],
  ]);
  expect(folderOf('a/x/3.webp')).toBe('a/x');
  expect(folderOf('a/v1.0')).toBe('a/v1.0');
  expect(folderOf('3.webp')).toBe('');
});

test('texts are looked up by path, and nothing that is no text gets in', () => {
  const texts = new PictureTexts();
  texts.add('a', { file_name: 'x.png', text: 'x', size: 3, empty: '' });
  texts.add('', { file_name: 'a/y.png', __proto__: { text: 'inherited' } });
  for (const row of [null, [], 'x', { file_name: 3 }]) texts.add('', row);
  expect(texts.columns).toEqual(['text']);
  expect(texts.of('a/x.png', 'text')).toBe('x');
  expect(texts.of('a/x.png', 'toString')).toBeUndefined();
  expect(texts.of('a/y.png', 'text')).toBeUndefined();
});
