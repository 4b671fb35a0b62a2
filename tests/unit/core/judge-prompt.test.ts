import { describe, expect, test } from 'vitest';
import { judgePrompt } from '../../../src/core/judge-prompt';
import { claim } from './evidence/claim';

const WIDE = { maxClaims: 10, maxWordsPerDescription: 10 };
const claimLines = (prompt: string) => {
  const lines = prompt.split('\n');
  return lines.slice(lines.indexOf('Claims:') + 1, lines.indexOf('Descriptions:'));
};

describe('judgePrompt', () => {
  test('asks in the form that the judge was trained on', () => {
    const prompt = judgePrompt(
      {
        claims: [claim('count', 'cat', '2'), claim('object', 'dog', '', { modelIds: ['a'] })],
        descriptions: [{ modelName: 'A', text: 'Two cats.' }],
        modelCount: 3,
      },
      WIDE,
    );
    expect(prompt.split('\n')).toEqual([
      'Write one description of the image from these claims. Say what most models say. Hedge what one model says alone. Add nothing.',
      'Claims:',
      '2/3 count: cat = 2',
      '1/3 object: dog',
      'Descriptions:',
      'A: Two cats.',
    ]);
  });

  test('puts the heaviest claim first and drops what the budget does not hold', () => {
    const claims = [
      claim('object', 'light', '', { weight: 0.2 }),
      claim('object', 'heavy', '', { weight: 0.9 }),
      claim('object', 'middle', '', { weight: 0.5 }),
    ];
    const prompt = judgePrompt(
      { claims, descriptions: [], modelCount: 2 },
      { ...WIDE, maxClaims: 2 },
    );
    expect(claimLines(prompt)).toEqual(['2/2 object: heavy', '2/2 object: middle']);
    expect(claims[0]!.subject).toBe('light');
  });

  test('marks what is disputed', () => {
    const claims = [claim('count', 'cat', '2', { standing: 'disputed' })];
    const prompt = judgePrompt({ claims, descriptions: [], modelCount: 2 }, WIDE);
    expect(claimLines(prompt)).toEqual(['2/2 count: cat = 2 (disputed)']);
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
