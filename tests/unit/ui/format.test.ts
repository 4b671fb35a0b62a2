import { expect, test } from 'vitest';
import { counted, formatBytes, formatDuration, someOf } from '../../../src/ui/common/format';

test.each([
  [512, '512 B'],
  [2_764_800, '2.8 MB'],
  [164_000, '164 kB'],
  [14_264_830, '14 MB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [300, '1 s'],
  [59_400, '59 s'],
  [240_000, '4 min'],
  [7_800_000, '2 h 10 min'],
])('%i ms are %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('one is one, and more are many', () => {
  expect(counted(1, 'picture')).toBe('1 picture');
  expect(counted(5000, 'picture')).toBe('5,000 pictures');
});

test('of each kind how many, and nothing of what there is none', () => {
  expect(
    someOf([
      [2, 'copy', 'copies'],
      [0, 'run'],
      [1, 'edit'],
    ]),
  ).toBe('2 copies and 1 edit');
  expect(someOf([[0, 'run']])).toBe('');
});
