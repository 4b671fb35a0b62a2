import { expect, test } from 'vitest';
import { freedText, megabytes } from '../../../src/state/freed-text';

test.each([
  [0, '0 MB'],
  [49_999, 'less than 0.1 MB'],
  [50_000, '0.1 MB'],
  [1_340_000, '1.3 MB'],
  [41_800_000, '42 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(megabytes(bytes)).toBe(text);
});

test('what goes is counted, and what there is none of is not named', () => {
  const freed = { pictures: 1, descriptions: 9, verdicts: 0, edits: 2, bytes: 1_200_000 };
  expect(freedText(freed)).toBe('1 picture, 9 descriptions and 2 edits; frees 1.2 MB');
  const none = { pictures: 0, descriptions: 0, verdicts: 0, edits: 0, bytes: 0 };
  expect(freedText(none)).toBe('nothing that another run does not have');
});
