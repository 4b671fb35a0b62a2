import { expect, test } from 'vitest';
import type { ImageItem } from '../../../src/core/image';
import { GallerySelection } from '../../../src/ui/gallery/selection.svelte';

function image(id: string): ImageItem {
  return {
    id,
    name: id,
    sha256: id,
    format: 'png',
    bytes: 1,
    widthPx: 1,
    heightPx: 1,
    source: { kind: 'copy' },
    addedAt: 0,
  };
}

test('Tab reaches the first card, arrow keys stop at the ends', () => {
  const selection = new GallerySelection(() => ['a', 'b', 'c'].map(image));
  expect(selection.reached).toBe('a');
  expect(selection.neighbour(-1)).toBe('a');
  expect(selection.neighbour(1)).toBe('b');
  expect(selection.neighbour(Infinity)).toBe('c');
});

test('Delete removes what is selected, or else the card that the keyboard stands on', () => {
  const selection = new GallerySelection(() => ['a', 'b', 'c'].map(image));
  selection.reach('b');
  expect([...selection.target]).toEqual(['b']);
  selection.toggle('a');
  selection.toggle('c');
  expect([...selection.target]).toEqual(['a', 'c']);
  selection.toggle('c');
  expect([...selection.target]).toEqual(['a']);
});

test('a card that is not on screen is neither selected nor reached', () => {
  const selection = new GallerySelection(() => [image('a')]);
  selection.reach('b');
  selection.toggle('b');
  expect(selection.reached).toBe('a');
  expect(selection.ids.size).toBe(0);
});

test('a range goes from the card that was toggled last, and all are all', () => {
  const selection = new GallerySelection(() => ['a', 'b', 'c', 'd', 'e'].map(image));
  selection.toggle('d');
  selection.extendTo('b');
  expect([...selection.ids]).toEqual(['b', 'c', 'd']);
  selection.clear();
  selection.reach('c');
  selection.extendTo('e');
  expect([...selection.ids]).toEqual(['c', 'd', 'e']);
  selection.selectAll();
  expect(selection.ids.size).toBe(5);
});
