import { describe, expect, test } from 'vitest';
import { heldToClaims } from '../../../../src/core/evidence/hold';
import { claim } from './claim';

const doubtful = { weight: 0.4, modelIds: ['a'] };
const CLAIMS = [
  claim('object', 'cat'),
  claim('relation', 'cat', 'left'),
  claim('relation', 'cat', 'right', { weight: 0.6 }),
  claim('object', 'dog'),
  claim('count', 'dog', '2'),
  claim('count', 'dog', '3', { weight: 0.6 }),
  claim('object', 'owl', '', doubtful),
  claim('attribute', 'background', 'blue'),
];
const RIGHT =
  'The image shows a cat and two dogs. The cat is on the left. There may also be an owl. The background is blue.';

describe('heldToClaims', () => {
  test('a text that the claims carry stays as it is', () => {
    const held = heldToClaims(RIGHT, CLAIMS);
    expect(held.caption).toBe(RIGHT);
    expect(held.dropped).toEqual([]);
    expect(held.sentences.map(({ origin }) => origin)).toEqual(Array(4).fill('supported'));
  });

  test.each([
    ['an invented thing', 'The cat is on the left.', 'There is a fox.'],
    ['an invented place', 'The cat is on the left.', 'The cat is at the top.'],
    ['the lighter of two places', 'The cat is on the left.', 'The cat is on the right.'],
    ['another count', 'a cat and two dogs', 'a cat and three dogs'],
    ['a denied count', 'a cat and two dogs', 'a cat and a dog'],
    ['doubt where there is none', 'The image shows a cat', 'There may be a cat'],
    ['no doubt where there is some', 'There may also be an owl.', 'There is an owl.'],
    ['nothing at all', 'The background is blue.', 'What a lovely day.'],
    ['the same again', 'The background is blue.', 'The cat is on the left.'],
  ])('%s is replaced by the claims’ own words', (_, right, wrong) => {
    const held = heldToClaims(RIGHT.replace(right, wrong), CLAIMS);
    expect(held.dropped).toHaveLength(1);
    expect(held.caption.replace('also shows', 'shows').split(' ').sort()).toEqual(
      RIGHT.split(' ').sort(),
    );
    expect(held.sentences.some(({ origin }) => origin === 'claims')).toBe(true);
  });

  test('a thing that is told after the background alone is told first, not "also"', () => {
    const held = heldToClaims('The background is blue.', CLAIMS);
    expect(held.caption).toMatch(/^The image shows a cat and two dogs\./u);
  });

  test('a thing is told before where it is', () => {
    const text = 'The cat is on the left. There may also be an owl. The background is blue.';
    expect(heldToClaims(text, CLAIMS).caption).toBe(RIGHT);
  });

  test('nothing comes "also" before anything else', () => {
    const claims = [claim('object', 'cat'), claim('object', 'owl', '', doubtful)];
    expect(heldToClaims('There may also be an owl.', claims).caption).toBe(
      'The image shows a cat. There may also be an owl.',
    );
    const owl = [claim('object', 'owl', '', doubtful), claim('attribute', 'background', 'blue')];
    expect(heldToClaims('There may also be an owl. The background is blue.', owl).caption).toBe(
      'There may be an owl. The background is blue.',
    );
  });

  test.each([
    ['The image shows large grapes.', 'The image shows a large grapes.'],
    ['The image shows a stack of books.', 'The image shows stack of books.'],
    ['The image shows a stack of books.', 'The image shows an stack of book.'],
    ['The stack of books is on the left.', 'The stack of books are on the left.'],
    ['The grapes are on the right.', 'The grapes is on the right.'],
  ])('“%s” is not told as “%s”', (right, wrong) => {
    const claims = [
      claim('object', 'grapes'),
      claim('attribute', 'grapes', 'large'),
      claim('relation', 'grapes', 'right'),
      claim('object', 'stack of books'),
      claim('relation', 'stack of books', 'left'),
    ];
    const held = heldToClaims(wrong, claims);
    expect(held.dropped).toEqual([wrong]);
    expect(heldToClaims(right, claims).dropped).toEqual([]);
    expect(held.caption).toBe(
      'The image shows large grapes and a stack of books. The grapes are on the right. The stack of books is on the left.',
    );
  });

  test('a sign that is there by its count is not told twice', () => {
    const claims = [
      claim('count', 'sign', '1', { weight: 0.7 }),
      claim('object', 'sign', '', { weight: 0.6 }),
    ];
    expect(heldToClaims('There is a sign.', claims).caption).toBe('There is a sign.');
  });

  test('what is missing is said where it belongs', () => {
    const held = heldToClaims('The image shows a cat. The background is blue.', CLAIMS);
    expect(held.caption).toBe(
      'The image shows a cat. The image also shows two dogs. The cat is on the left. There may also be an owl. The background is blue.',
    );
  });
});
