import { describe, expect, test } from 'vitest';
import { judgePrompt, levelOf, subjects } from '../../../src/core/judge-prompt';
import { claim } from './evidence/claim';

const WIDE = { maxSubjects: 10, maxWordsPerDescription: 10, maxDescriptionsPerModel: 1 };
const claimLines = (prompt: string) => {
  const lines = prompt.split('\n');
  return lines.slice(lines.indexOf('Claims:') + 1, lines.indexOf('Descriptions:'));
};
const lines = (...claims: Parameters<typeof subjects>[0]) =>
  claimLines(judgePrompt({ claims, descriptions: [], modelCount: 3 }, WIDE));

describe('judgePrompt', () => {
  test('asks in the form that the judge was trained on', () => {
    const prompt = judgePrompt(
      {
        claims: [
          claim('object', 'cat'),
          claim('count', 'cat', '2', { weight: 0.7 }),
          claim('object', 'dog', '', { modelIds: ['a'], weight: 0.4 }),
        ],
        descriptions: [{ modelName: 'A', text: 'Two cats.' }],
        modelCount: 3,
      },
      WIDE,
    );
    expect(prompt.split('\n')).toEqual([
      'Write one description of the image from these claims. State what is certain or likely. Say of what is doubtful that it may be there. Add nothing.',
      'Claims:',
      'cat: certain 2/3; count two likely 2/3',
      'dog: doubtful 1/3',
      'Descriptions:',
      'A: Two cats.',
    ]);
  });

  test('puts the heaviest subject first and drops what the budget does not hold', () => {
    const claims = [
      claim('object', 'light', '', { weight: 0.6 }),
      claim('object', 'heavy', '', { weight: 0.9 }),
      claim('object', 'middle', '', { weight: 0.7 }),
    ];
    const prompt = judgePrompt(
      { claims, descriptions: [], modelCount: 2 },
      { ...WIDE, maxSubjects: 2 },
    );
    expect(claimLines(prompt)).toEqual(['heavy: certain 2/2', 'middle: likely 2/2']);
    expect(claims[0]?.subject).toBe('light');
  });

  test('says nothing of what is too light, and nothing of a thing that nobody says is there', () => {
    expect(
      lines(
        claim('object', 'cat', '', { weight: 0.1 }),
        claim('relation', 'dog', 'left'),
        claim('attribute', 'background', 'red'),
      ),
    ).toEqual(['background: red certain 2/3']);
  });

  test('texts are quoted, the whole picture comes last', () => {
    expect(
      lines(
        claim('overall', 'image', 'drawing'),
        claim('text', 'sign', 'EXIT'),
        claim('object', 'cat', '', { weight: 0.6 }),
      ),
    ).toEqual(['cat: likely 2/3', 'image: drawing certain 2/3', 'sign: text "EXIT" certain 2/3']);
  });

  test('one model does not fill the descriptions', () => {
    const descriptions = ['one', 'two', 'three'].map((text) => ({ modelName: 'A', text }));
    const prompt = judgePrompt(
      {
        claims: [],
        descriptions: [...descriptions, { modelName: 'B', text: 'four' }],
        modelCount: 2,
      },
      { ...WIDE, maxDescriptionsPerModel: 2 },
    );
    expect(prompt.split('\n').slice(-3)).toEqual(['A: one', 'A: two', 'B: four']);
  });

  test.each([
    ['one two', 'A: one two'],
    ['one two three', 'A: one two three'],
    ['one two three four', 'A: one two three …'],
    ['one\n two\tthree ', 'A: one two three'],
    ['', 'A: '],
  ])('a budget of three words makes of “%s”: %s', (text, line) => {
    const budget = { ...WIDE, maxWordsPerDescription: 3 };
    const descriptions = [{ modelName: 'A', text }];
    const prompt = judgePrompt({ claims: [], descriptions, modelCount: 1 }, budget);
    expect(prompt.split('\n').at(-1)).toBe(line);
  });
});

test.each([
  [1, 'certain'],
  [0.6, 'likely'],
  [1 / 3, 'doubtful'],
  [0.2, undefined],
])('a weight of %f is %s', (weight, level) => {
  expect(levelOf({ weight })).toBe(level);
});
