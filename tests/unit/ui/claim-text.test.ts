import { expect, test } from 'vitest';
import {
  litParts,
  shownStanding,
  statementText,
  voicesOf,
} from '../../../src/ui/detail/claim-text';
import { claim } from '../core/evidence/claim';

test.each([
  [{ kind: 'object', subject: 'cat', value: '' }, 'cat'],
  [{ kind: 'count', subject: 'cat', value: '2' }, '2 × cat'],
  [{ kind: 'attribute', subject: 'background', value: 'blue' }, 'background: blue'],
  [{ kind: 'text', subject: 'sign', value: 'BÄCKEREI' }, 'sign: “BÄCKEREI”'],
  [{ kind: 'text', subject: 'sign', value: 'a\u202Eb' }, 'sign: “a⟨U+202E⟩b”'],
  [{ kind: 'count', subject: 'cat', value: '0' }, 'no cat'],
  [{ kind: 'count', subject: 'cat', value: 'several' }, 'several × cat'],
] as const)('%o reads “%s”', (statement, text) => {
  expect(statementText(statement)).toBe(text);
});

test.each([
  ['nobody else was asked', [['a', 0.9]], 'single'],
  [
    'the others say yes',
    [
      ['b', 0.98],
      ['c', 0.6],
    ],
    'confirmed',
  ],
  [
    'one of the others says no',
    [
      ['b', 0.98],
      ['c', 0.4],
    ],
    'single',
  ],
] as const)('one model says it, %s', (_, answers, shown) => {
  const checks = answers.map(([modelId, yes]) => ({ modelId, yes }));
  const alone = { modelIds: ['a'], checks } as const;
  expect(shownStanding({ ...alone, standing: 'single' })).toBe(shown);
  // What contradicts it is not outvoted by answers.
  expect(shownStanding({ ...alone, standing: 'disputed' })).toBe('disputed');
});

test('lit sentences are cut out of a text, and nothing of it is lost', () => {
  const text = 'A cat. A dog. A hat.';
  const parts = litParts(text, ['A hat.', 'A dog.', 'A dog.', 'A bird.']);
  expect(parts.filter(({ lit }) => lit).map((part) => part.text)).toEqual(['A dog.', 'A hat.']);
  expect(parts.map((part) => part.text).join('')).toBe(text);
});

test('each claim of a sentence stands with the models that make it, and with no other', () => {
  const both = { modelIds: ['a', 'b'] };
  const claims = [
    claim('overall', 'image', 'drawing', { modelIds: ['c'] }),
    claim('object', 'pretzel', '', both),
    claim('count', 'pretzel', '2', both),
    claim('object', 'hat', '', { modelIds: [] }),
  ];
  const said = voicesOf(claims).map((voice) => [voice.modelIds, voice.claims.map(statementText)]);
  expect(said).toEqual([
    [
      ['a', 'b'],
      ['pretzel', '2 × pretzel'],
    ],
    [['c'], ['image: drawing']],
  ]);
});
