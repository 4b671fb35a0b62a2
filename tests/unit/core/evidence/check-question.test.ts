import { expect, test } from 'vitest';
import { checkQuestion } from '../../../../src/core/evidence/check-question';

test.each([
  ['object', 'owl', '', 'Is there an owl in this image?'],
  ['count', 'cat', '2', 'Are there exactly two cats in this image?'],
  ['count', 'person', 'several', 'Are there several people in this image?'],
  ['count', 'person', '0', 'Are there no people in this image?'],
  ['relation', 'cat', 'top left', 'Is the cat at the top left?'],
  ['relation', 'cat', 'on sofa', 'Is the cat on the sofa?'],
  ['relation', 'sofa', 'with cushion', 'Does the sofa have a cushion?'],
  ['action', 'man', 'riding horse', 'Is the man riding a horse?'],
  ['overall', 'image', 'photo', 'Is this image a photo?'],
  ['overall', 'image', 'at night', 'Is this image at night?'],
] as const)('%s of %s, %s: “%s”', (kind, subject, value, question) => {
  expect(checkQuestion({ kind, subject, value })).toBe(`${question} Answer yes or no.`);
});
