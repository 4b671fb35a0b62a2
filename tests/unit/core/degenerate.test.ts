import { describe, expect, test } from 'vitest';
import { degenerate, likeness } from '../../../src/core/degenerate';

describe('an answer', () => {
  test.each([
    ['nothing', '', 'empty'],
    ['white space', ' \n\t', 'empty'],
    ['marks', '!!!!!!!!!!!!', 'no-letters'],
    ['marks and spaces', '! . , ! ?', 'no-letters'],
    ['bytes that are no text', 'a \uFFFD\uFFFD\uFFFD b', 'replacement-characters'],
    ['one word', 'the the the the the the', 'repeated'],
    ['one word after a start', 'There is a dog dog dog dog dog dog dog dog', 'repeated'],
    ['one character at length', 'A picture of aaaaaaaaaa', 'repeated'],
    ['marks at length in a text', 'The sign says !!!!!!!!!!!!!!!!', 'repeated'],
    ['a circle of two words', 'the cat the cat the cat the cat', 'repeated'],
    ['numbers', '100 100 100 100 100 100 100', 'repeated'],
    ['a script without spaces', '的的的的的的的的', 'repeated'],
    [
      'a sentence again and again after a good start',
      `A street at night with many lights. ${'There is a red car on the left. '.repeat(5)}There is a`,
      'repeated',
    ],
    ['a phrase in a circle', 'A dog, ' + 'a dog and a cat, '.repeat(6), 'repeated'],
    ['a circle without spaces', 'abcabcabcabcabcabcabc', 'repeated'],
  ] as const)('of %s is degenerate', (_, text, kind) => {
    expect(degenerate(text)).toBe(kind);
  });

  test.each([
    ['a sentence', 'Two cats and one dog on a blue background.'],
    ['one word', 'Dog'],
    ['a number', '3'],
    ['a list with like words', 'one cat, one dog, one tree, one car'],
    ['another script', '二匹の猫と一匹の犬。'],
    ['Russian', 'Две кошки и собака.'],
    [
      'a table',
      '| original | English | language |\n| --- | --- | --- |\n| Hallo | Hello | German |',
    ],
    ['a letter cut at the end', 'Two cats and a d\uFFFD'],
    ['a rule of a few dashes', 'Objects\n-------\ncat, dog'],
    [
      'a sentence said three times',
      'A street with many lights and a few people. ' + 'There is a red car on the left. '.repeat(3),
    ],
    ['a list of numbered like things', 'cup 1, cup 2, cup 3, cup 4, cup 5, cup 6, cup 7, cup 8'],
    [
      'a table of like rows',
      '| original | English | language |\n' +
        '| EXIT | Exit | English |\n| TAXI | Taxi | English |\n'.repeat(2),
    ],
    ['a said repeat', 'No, no, no!'],
  ])('of %s is not', (_, text) => {
    expect(degenerate(text)).toBeUndefined();
  });
});

describe('the texts of two devices', () => {
  const TEXT = 'Two cats and one dog on a blue background.';

  test.each([
    [TEXT, ` ${TEXT}\n`, 'same'],
    [TEXT, 'Two cats and one dog in front of a blue background.', 'similar'],
    [TEXT, 'Two Cats and one dog on a blue background', 'similar'],
    [TEXT, 'A street at night with many lights.', 'different'],
    [TEXT, '', 'different'],
    ['!!!', '???', 'different'],
  ] as const)('“%s” and “%s” are %s', (a, b, is) => {
    expect(likeness(a, b)).toBe(is);
    expect(likeness(b, a)).toBe(is);
  });
});
