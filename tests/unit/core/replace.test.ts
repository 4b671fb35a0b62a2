import { describe, expect, test } from 'vitest';
import { NO_REPLACEMENT, replacerOf, type Replacement } from '../../../src/core/replace';

const change = (caption: string, part: Partial<Replacement>) =>
  replacerOf({ ...NO_REPLACEMENT, ...part })?.(caption)?.text;

describe('find and replace', () => {
  test.each([
    ['A cat and a caterpillar.', { find: 'cat', by: 'dog' }, 'A dog and a caterpillar.'],
    [
      'A cat and a caterpillar.',
      { find: 'cat', by: 'dog', wholeWords: false },
      'A dog and a dogerpillar.',
    ],
    ['Cats, cats, CATS.', { find: 'cats', by: 'dogs' }, 'Dogs, dogs, dogs.'],
    ['Cats, cats, CATS.', { find: 'cats', by: 'dogs', matchesCase: true }, 'Cats, dogs, CATS.'],
    ['It costs $1 (about).', { find: '$1 (about)', by: '$& $1' }, 'It costs $& $1.'],
    ['a possibly red car', { find: 'possibly', by: '' }, 'a red car'],
    ['The drawing shows a cat.', { find: 'The drawing shows', by: '' }, 'a cat.'],
    ['A red car, maybe.', { find: ', maybe', by: '' }, 'A red car.'],
    ['A car maybe.', { find: 'maybe', by: '' }, 'A car.'],
    ['Das ist schön.', { find: 'scho\u0308n', by: 'hübsch' }, 'Das ist hübsch.'],
    ['Größe über größer', { find: 'größe', by: 'Länge' }, 'Länge über größer'],
    ['红色的猫坐着', { find: '猫', by: '狗' }, '红色的狗坐着'],
    ['قطة سوداء', { find: 'قطة', by: 'كلب' }, 'كلب سوداء'],
    ['eine Straße', { find: 'straße', by: 'Gasse' }, 'eine Gasse'],
  ])('in %j', (caption, part, text) => {
    expect(change(caption, part)).toBe(text);
  });

  test('finds nothing in nothing, and no change where the words are the same', () => {
    expect(replacerOf(NO_REPLACEMENT)).toBeUndefined();
    expect(replacerOf({ ...NO_REPLACEMENT, find: '  ' })).toBeUndefined();
    expect(change('A cat.', { find: 'dog', by: 'cat' })).toBeUndefined();
    expect(change('A cat.', { find: 'cat', by: 'cat' })).toBeUndefined();
  });

  test('the parts put together are the caption before and after', () => {
    const found = replacerOf({ ...NO_REPLACEMENT, find: 'cat', by: '' })!(
      'A cat, a cat and a cat.',
    )!;
    const of = (side: 'before' | 'after') =>
      found.parts.map((part) => (part.kind === 'same' ? part.text : part[side])).join('');
    expect([of('before'), of('after'), found.count]).toEqual([
      'A cat, a cat and a cat.',
      'A, a and a.',
      3,
    ]);
  });
});
