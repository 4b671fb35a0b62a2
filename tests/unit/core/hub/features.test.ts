import { expect, test } from 'vitest';
import { captionOf, columnsOf, likelyCaption } from '../../../../src/core/hub/features';

const image = { _type: 'Image' };
const text = { _type: 'Value', dtype: 'string' };

test.each<[string, unknown, string]>([
  ['an Image', image, 'image'],
  ['a text', text, 'text'],
  ['a large text', { _type: 'Value', dtype: 'large_string' }, 'text'],
  ['a number', { _type: 'Value', dtype: 'int64' }, 'other'],
  ['a label', { _type: 'ClassLabel', names: ['a'] }, 'other'],
  ['a Sequence of Images', { _type: 'Sequence', feature: image, length: -1 }, 'images'],
  ['a List of Images', { _type: 'List', feature: image }, 'images'],
  ['a list of before datasets 3', [image], 'images'],
  ['a list of texts', { _type: 'Sequence', feature: text }, 'texts'],
  ['a list of lists of Images', { _type: 'List', feature: { _type: 'List', feature: image } }, 'nested-images'],
  ['a struct with an Image', { picture: image, text }, 'nested-images'],
  ['a list of structs with an Image', [{ picture: image }], 'nested-images'],
  ['nonsense', null, 'other'],
])('%s', (_, type, kind) => {
  expect(columnsOf([{ feature_idx: 0, name: 'x', type }])).toEqual([{ name: 'x', kind }]);
  expect(columnsOf({ x: type })).toEqual([{ name: 'x', kind }]);
}); // prettier-ignore

test.each([undefined, null, 'x', 3, [1, null]])('features that are none: %s', (features) => {
  expect(columnsOf(features)).toEqual([]);
});

test('the caption column that is most likely one', () => {
  const of = (...names: string[]) =>
    likelyCaption(names.map((name) => ({ name, kind: 'text' as const })));
  expect(of('id', 'text', 'caption')).toBe('caption');
  expect(of('detail_mode1', 'detail_mode2')).toBe('detail_mode1');
  expect(of('id', 'long_caption_en')).toBe('long_caption_en');
  expect(of('id', 'licence')).toBeNull();
  expect(likelyCaption([{ name: 'caption', kind: 'other' }])).toBeNull();
});

test.each<[unknown, string | undefined]>([
  [' a cat ', 'a cat'],
  [['a', 'b'], 'a'],
  ['  ', undefined],
  [null, undefined],
  [7, undefined],
  [[], undefined],
])('the caption in %j', (cell, caption) => {
  expect(captionOf(cell)).toBe(caption);
});
