import { expect, test } from 'vitest';
import { freedText } from '../../../src/state/freed-text';

test('what goes is counted, and what there is none of is not named', () => {
  const freed = { pictures: 1, descriptions: 9, verdicts: 0, edits: 2, bytes: 1_200_000 };
  expect(freedText(freed)).toBe(
    '1 picture, 9 descriptions and your work on 2 captions; frees 1.2 MB',
  );
  expect(freedText({ ...freed, bytes: 48_999 }, 'freed')).toMatch(/freed 49 kB$/u);
  const none = { pictures: 0, descriptions: 0, verdicts: 0, edits: 0, bytes: 0 };
  expect(freedText(none)).toBe('');
});
