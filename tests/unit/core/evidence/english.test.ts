import { describe, expect, test } from 'vitest';
import {
  actionPhrase,
  counted,
  isPluralWord,
  placePhrase,
  withArticle,
} from '../../../../src/core/evidence/english';

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

  test('none, several, and what is not counted', () => {
    expect(counted('person', 0)).toBe('no people');
    expect(counted('person', NaN)).toBe('several people');
    expect(counted('luggage', NaN)).toBe('luggage');
    expect(withArticle('water')).toBe('water');
  });

  test.each([
    ['centre', 'in the centre'],
    ['top left', 'at the top left'],
    ['on sofa', 'on the sofa'],
    ['in front of old tree', 'in front of the old tree'],
    ['left of lamp', 'to the left of the lamp'],
    ['beside cat', 'next to the cat'],
    ['not on sofa', 'not on the sofa'],
  ])('%s is told as %s', (place, told) => {
    expect(placePhrase(place)).toBe(told);
  });

  test.each([
    ['sitting', 'sitting'],
    ['riding horse', 'riding a horse'],
    ['wearing jeans', 'wearing jeans'],
    ['not holding umbrella', 'not holding an umbrella'],
  ])('%s is told as %s', (action, told) => {
    expect(actionPhrase(action)).toBe(told);
  });

  test.each(['grapes', 'red grapes', 'headphones', 'pair of glasses'])('%s', (name) => {
    expect(isPluralWord(name)).toBe(name !== 'pair of glasses');
  });
});
