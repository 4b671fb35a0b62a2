import { describe, expect, test } from 'vitest';
import { sidecarText, withSidecars } from '../../../src/sources/sidecars';

/** A file as a picked folder gives it. */
function at(path: string, text = 'x'): File {
  const file = new File([text], path.split('/').at(-1) ?? '');
  return Object.defineProperty(file, 'webkitRelativePath', {
    value: path.includes('/') ? path : '',
  });
}

const paired = (...paths: string[]) =>
  withSidecars(paths.map((path) => at(path))).map(({ file, sidecar }) => [
    file.webkitRelativePath || file.name,
    sidecar && (sidecar.webkitRelativePath || sidecar.name),
  ]);

describe('text files beside pictures', () => {
  test('belong to the picture of their name, in whatever order they come', () => {
    expect(paired('b.txt', 'a.jpg', 'b.png', 'a.TXT')).toEqual([
      ['a.jpg', 'a.TXT'],
      ['b.png', 'b.txt'],
    ]);
  });

  test('belong to the picture of their folder', () => {
    expect(paired('f/one/a.jpg', 'f/two/a.jpg', 'f/two/a.txt')).toEqual([
      ['f/one/a.jpg', undefined],
      ['f/two/a.jpg', 'f/two/a.txt'],
    ]);
  });

  test('that stand beside nothing stay files, to be refused by name', () => {
    expect(paired('notes.txt', 'a.jpg')).toEqual([
      ['notes.txt', undefined],
      ['a.jpg', undefined],
    ]);
  });

  test('say what is in them, without the space around it; an empty one says nothing', async () => {
    expect(await sidecarText(at('a.txt', ' A cat.\n'))).toBe('A cat.');
    expect(await sidecarText(at('a.txt', ' \n'))).toBeUndefined();
    expect(await sidecarText(at('a.txt', 'x'.repeat(70_000)))).toHaveLength(65_536);
  });
});
