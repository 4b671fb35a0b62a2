import { describe, expect, test } from 'vitest';
import type { Lexicon } from '../../../../../src/core/evidence/lexicon/lexicon';
import { loadLexicon } from '../../../../../src/core/evidence/lexicon/load';
import {
  observationsOf,
  WORTH,
  type AcceptedPicture,
} from '../../../../../src/core/evidence/learn/observe';
import { statementId } from '../../../../../src/core/evidence/weigh';

const lexicon: Lexicon = await loadLexicon();

type Given = Partial<Omit<AcceptedPicture, 'texts'>> & {
  readonly said: Readonly<Record<string, string>>;
};

function observed({ said, caption = '', checks = [], before }: Given) {
  const texts = Object.entries(said).map(([modelId, text]) => ({ modelId, promptId: 'p', text }));
  return observationsOf(
    { texts, caption, checks, ...(before === undefined ? {} : { before }) },
    { lexicon },
  );
}

/** What it makes of the claims of model "a": true or not, and how much that is worth. */
function verdicts(given: Given): string[] {
  return observed(given)
    .filter(({ stances }) =>
      stances.some(
        ({ modelId, stance }) => modelId === 'a' && (stance === 'certain' || stance === 'hedged'),
      ),
    )
    .map(({ kind, isTrue, worth }) => `${kind} ${isTrue ? 'true' : 'false'} ${String(worth)}`)
    .sort();
}

describe('an accepted caption', () => {
  test('supports what it says, in whichever words', () => {
    expect(
      verdicts({
        said: { a: 'A puppy sleeps on the couch.' },
        caption: 'A dog is asleep on a sofa.',
      }),
    ).toEqual(
      ['action true 1', 'object true 1', 'object true 1', 'relation true 1'], // prettier-ignore
    );
  });

  test('contradicts what can’t be true together with it', () => {
    expect(
      verdicts({
        said: { a: 'Three dogs and a black cat. No people are visible.' },
        caption: 'Two dogs, a white cat and a man.',
      }),
    ).toEqual(
      expect.arrayContaining([
        'count false 1',
        'attribute false 1',
        'object true 1',
        'object true 1',
      ]),
    );
  });

  test('only hints at what it leaves out, and only where it speaks of such things', () => {
    const said = { a: 'A dog and a frisbee. The dog is brown. The sign reads "EXIT".' };
    expect(verdicts({ said, caption: 'A dog in a park.' })).toEqual([
      `object false ${String(WORTH.leftOut)}`,
      'object true 1',
    ]);
  });

  test('counts against what a person has struck out, not against what nobody had written', () => {
    const said = { a: 'A dog, a horse and a bench.' };
    const before = 'A dog and a horse.';
    expect(verdicts({ said, caption: 'A dog.', before })).toEqual([
      `object false ${String(WORTH.leftOut)}`,
      `object false ${String(WORTH.struckOut)}`,
      'object true 1',
    ]);
    expect(verdicts({ said, caption: before, before })).toEqual([
      `object false ${String(WORTH.leftOut)}`,
      'object true 1',
      'object true 1',
    ]);
  });

  test('tells nothing by what it only suspects, and nothing at all without a claim', () => {
    const said = { a: 'A dog and a cat.' };
    expect(verdicts({ said, caption: 'A dog. There may be a cat.' })).toEqual(['object true 1']);
    expect(verdicts({ said, caption: 'How lovely!' })).toEqual([]);
    expect(verdicts({ said, caption: '' })).toEqual([]);
  });
});

test('says how every model stands to each claim, and what it has answered', () => {
  const dog = statementId({ kind: 'object', subject: 'dog', value: '' });
  const found = observed({
    said: { a: 'A dog.', b: 'A cat.', c: 'Possibly a dog.' },
    caption: 'A dog.',
    checks: [
      { claimId: dog, modelId: 'b', yes: 0.8 },
      { claimId: dog, modelId: 'nobody', yes: 0.1 },
    ],
  });
  expect(found.find(({ isTrue }) => isTrue)).toEqual({
    kind: 'object',
    isTrue: true,
    worth: 1,
    stances: [
      { modelId: 'a', stance: 'certain' },
      { modelId: 'b', stance: 'silent', answer: { yes: 0.8, assurance: 0.5 } },
      { modelId: 'c', stance: 'hedged' },
    ],
  });
  // The caption's own words are nobody's claims.
  expect(observed({ said: { a: 'A dog.' }, caption: 'A dog and a horse.' })).toHaveLength(1);
});

test('models that come with the app are read word by word here too', () => {
  const texts = [
    { modelId: 'plain', promptId: 'p', text: 'There is a cat.' },
    { modelId: 'a', promptId: 'p', text: 'A kitten naps.' },
  ];
  const found = observationsOf(
    { texts, caption: 'A cat.', checks: [] },
    { lexicon, plain: new Set(['plain']) },
  );
  expect(found[0]?.stances.map(({ stance }) => stance)).toEqual(['certain', 'certain']);
});
