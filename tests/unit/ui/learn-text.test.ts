import { describe, expect, test } from 'vitest';
import { gainText, gainTone, sourceText, tallyText } from '../../../src/ui/learn/learn-text';

const tally = (right: number, wrong: number, open: number, gain = 0) => ({
  right,
  wrong,
  open,
  gain,
});

test.each([
  [tally(71, 12, 0), 'Right in 71 of 83 things it said.'],
  [tally(1200, 34, 1), 'Right in 1,200 of 1,234 things it said; 1 more is left out.'],
  [tally(1, 0, 5), 'Right in 1 of 1 thing it said; 5 more are left out.'],
  [tally(0, 0, 1), '1 thing it said is left out.'],
  [tally(0, 0, 7), '7 things it said are left out.'],
  [tally(0, 0, 0), 'Said nothing that they decide on.'],
])('%j is told in words', (counts, text) => {
  expect(tallyText(counts)).toBe(text);
});

describe('what is changed of a model’s word', () => {
  test.each([
    [2.3, 'counts much more', 'good'],
    [0.1, 'counts a little more', 'good'],
    [0.02, 'counts as before', 'plain'],
    [-0.1, 'counts as before', 'plain'],
    [-0.4, 'counts a little less', 'warn'],
    [-3, 'counts much less', 'warn'],
  ] as const)('%d: %s', (gain, text, tone) => {
    expect(gainText({ gain })).toBe(text);
    expect(gainTone({ gain })).toBe(tone);
  });
});

test('it is told by what models count', () => {
  const from = { kind: 'captions', pictures: 1, claims: 9, tallies: {} } as const;
  expect(sourceText({ calibrations: {}, at: 1, from })).toBe('1 caption you accepted');
  const other = { kind: 'manifest', name: 'Meadow' } as const;
  expect(sourceText({ calibrations: {}, at: 1, from: other })).toContain('the run “Meadow”');
});
