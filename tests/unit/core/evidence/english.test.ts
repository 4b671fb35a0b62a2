import { describe, expect, test } from 'vitest';
import { counted, isPluralWord, withArticle } from '../../../../src/core/evidence/english';

describe('one thing and many', () => {
  test.each([
    ['stack of books', 'a stack of books', 'two stacks of books'],
    ['loaf of bread', 'a loaf of bread', 'two loaves of bread'],
    ['owl', 'an owl', 'two owls'],
  ])('%s', (name, one, two) => {
    expect(withArticle(name)).toBe(one);
    expect(counted(name, 2)).toBe(two);
    expect(isPluralWord(name)).toBe(false);
  });

  test.each(['grapes', 'red grapes', 'headphones', 'pair of glasses'])('%s', (name) => {
    expect(isPluralWord(name)).toBe(name !== 'pair of glasses');
  });
});
