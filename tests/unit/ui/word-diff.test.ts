import { describe, expect, test } from 'vitest';
import { tellingPair, type ComparedText } from '../../../src/ui/detail/compared-texts';
import { sideOf, wordDiff } from '../../../src/ui/detail/word-diff';

const marked = (before: string, after: string) =>
  wordDiff(before, after)
    .parts.map(({ text, kind }) =>
      kind === 'same' ? text : `${kind === 'added' ? '+' : '-'}[${text}]`,
    )
    .join('');

describe('what two texts differ in', () => {
  test('is told word by word, never by letters', () => {
    expect(marked('A black cat sits.', 'A white cat sits.')).toBe('A -[black]+[white] cat sits.');
    expect(marked('two cats', 'two cars')).toBe('two -[cats]+[cars]');
  });

  test('marks words without the space around them', () => {
    const { parts } = wordDiff('Here is a dog.', 'Here is a brown dog.');
    expect(parts.filter(({ kind }) => kind === 'added').map(({ text }) => text.trim())).toContain(
      'brown',
    );
    expect(parts.map(({ text }) => text)).toContain('brown');
  });

  test('counts words, not marks', () => {
    expect(wordDiff('One cat, one dog.', 'One cat and one well-fed dog!')).toMatchObject({
      removed: 0,
      added: 2,
      same: 4,
    });
  });

  test('is nothing where only white space differs', () => {
    const { removed, added } = wordDiff('a cat\n\nand a dog', 'a cat and a dog');
    expect([removed, added]).toEqual([0, 0]);
  });

  test('knows words that stand without spaces', () => {
    expect(marked('黒い猫がいる', '白い猫がいる')).toMatch(/猫がいる$/u);
  });

  test('leaves markup what it is: text', () => {
    expect(marked('<b>cat</b>', '<b>dog</b>')).toBe('<b>-[cat]+[dog]</b>');
  });
});

describe('one side of a difference', () => {
  const sides = (before: string, after: string) => {
    const found = wordDiff(before, after);
    return [sideOf(found, before, 'added'), sideOf(found, after, 'removed')].map((parts) =>
      parts.map(({ text }) => text).join(''),
    );
  };

  test.each([
    ['A drum. The violin is left.', 'A drum stands there. A violin is left.'],
    ['one  two\n\nthree', ' one two three four '],
    ['', 'all of it is new'],
    ['黒い猫がいる', '白い猫 がいる'],
  ])('is its text, with its own white space', (before, after) => {
    expect(sides(before, after)).toEqual([before, after]);
  });

  test('marks what only it has', () => {
    const found = wordDiff('A drum. The end.', 'A drum stands. The end.');
    expect(
      sideOf(found, 'A drum stands. The end.', 'removed').filter(({ kind }) => kind !== 'same'),
    ).toEqual([{ text: 'stands', kind: 'added' }]);
  });
});

describe('the pair that is shown first', () => {
  const text = (id: string, words: string, answers?: string): ComparedText => ({
    id,
    group: '',
    label: id,
    text: words,
    ...(answers === undefined ? {} : { answers }),
  });
  const ids = (...texts: ComparedText[]) => tellingPair(texts)?.map(({ id }) => id);
  const answers = [
    text('m1 short', 'a cat on a mat', 'short'),
    text('m2 short', 'a cat on a rug', 'short'),
    text('m1 long', 'a cat on a mat in a room', 'long'),
    text('m2 long', 'two dogs run over grass', 'long'),
  ];

  test('is the verdict and what a person made of it', () => {
    expect(ids(text('own words', 'b'), text('verdict', 'a'), ...answers)).toEqual([
      'verdict',
      'own words',
    ]);
  });

  test('is else the two answers to one prompt that share the fewest words', () => {
    expect(ids(text('verdict', 'a'), ...answers)).toEqual(['m1 long', 'm2 long']);
  });

  test('is never two answers to different prompts while there are others', () => {
    expect(ids(answers[0]!, answers[3]!, answers[1]!)).toEqual(['m1 short', 'm2 short']);
    expect(ids(text('verdict', 'a'), answers[0]!)).toEqual(['m1 short', 'verdict']);
  });

  test('is none where there is one text', () => {
    expect(ids(answers[0]!)).toBeUndefined();
    expect(ids()).toBeUndefined();
  });
});
