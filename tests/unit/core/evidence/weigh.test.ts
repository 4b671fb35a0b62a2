import { describe, expect, test } from 'vitest';
import { claimSentences } from '../../../../src/core/evidence/claim-sentences';
import { loadLexicon } from '../../../../src/core/evidence/lexicon/load';
import { type Calibrations, weighClaims } from '../../../../src/core/evidence/weigh';
import { levelOf, subjects } from '../../../../src/core/judge-prompt';

const texts = (...said: readonly (readonly [modelId: string, text: string])[]) =>
  said.map(([modelId, text]) => ({ modelId, promptId: 'p', text }));

const byId = (claims: ReturnType<typeof weighClaims>) =>
  Object.fromEntries(claims.map((claim) => [claim.id, claim]));

describe('weighClaims', () => {
  test('a claim that all make weighs more than one that half of them make', () => {
    const claims = byId(
      weighClaims(texts(['a', 'There is a cat.'], ['b', 'There is a cat and a dog.'])),
    );
    expect(claims['object:cat=']).toMatchObject({
      standing: 'agreed',
      modelIds: ['a', 'b'],
    });
    expect(claims['object:dog=']).toMatchObject({
      weight: 0.5,
      standing: 'single',
      modelIds: ['b'],
    });
    expect(claims['object:cat=']!.weight).toBeGreaterThan(0.75);
  });

  test('a hedged claim supports less', () => {
    const claims = byId(weighClaims(texts(['a', 'There may be a cat.'], ['b', 'There is a cat.'])));
    const sure = weighClaims(texts(['a', 'There is a cat.'], ['b', 'There is a cat.']));
    expect(claims['object:cat=']!.weight).toBeGreaterThan(0.5);
    expect(claims['object:cat=']!.weight).toBeLessThan(sure[0]!.weight);
  });

  test('a model that is certain once is certain', () => {
    const [cat] = weighClaims(texts(['a', 'There may be a cat.'], ['a', 'There is a cat.']));
    expect(cat!.weight).toBeCloseTo(weighClaims(texts(['a', 'There is a cat.']))[0]!.weight);
  });

  test('a model that says it to two prompts counts once, and both sentences are kept', () => {
    const [cat] = weighClaims([
      { modelId: 'a', promptId: 'p', text: 'A cat.' },
      { modelId: 'a', promptId: 'q', text: 'I can see a cat.' },
      { modelId: 'b', promptId: 'p', text: 'There is nothing that I can name.' },
    ]);
    expect(cat).toMatchObject({ weight: 0.5, modelIds: ['a'], standing: 'single' });
    expect(cat!.sources).toEqual([
      { modelId: 'a', promptId: 'p', sentence: 'A cat.', certain: true },
      { modelId: 'a', promptId: 'q', sentence: 'I can see a cat.', certain: true },
    ]);
  });

  test('plural and singular, grey and gray are one claim', () => {
    const ids = weighClaims(texts(['a', 'A gray cat.'], ['b', 'Two grey cats.'])).map(
      ({ id }) => id,
    );
    expect(ids.filter((id) => id === 'object:cat=')).toHaveLength(1);
    expect(ids.filter((id) => id === 'attribute:cat=grey')).toHaveLength(1);
  });

  test.each([
    ['counts', 'There are two cats.', 'There are three cats.', 'count:cat=2', 'count:cat=3'],
    [
      'places',
      'The cat is on the left.',
      'The cat is on the right.',
      'relation:cat=left',
      'relation:cat=right',
    ],
    [
      'kinds of picture',
      'A photo of a cat.',
      'A drawing of a cat.',
      'overall:image=photo',
      'overall:image=drawing',
    ],
  ])('different %s of one thing dispute each other', (_, one, other, oneId, otherId) => {
    const claims = byId(weighClaims(texts(['a', one], ['b', other])));
    expect(claims[oneId]).toMatchObject({ standing: 'disputed', contradicts: [otherId] });
    expect(claims[otherId]).toMatchObject({ standing: 'disputed', contradicts: [oneId] });
  });

  test('two colours of one thing can both be right', () => {
    const claims = byId(weighClaims(texts(['a', 'A red car.'], ['b', 'A blue car.'])));
    expect(claims['attribute:car=red']).toMatchObject({ standing: 'single', contradicts: [] });
  });

  test('counts of different things do not dispute', () => {
    const claims = byId(weighClaims(texts(['a', 'Two cats.'], ['b', 'Three dogs.'])));
    expect(claims['count:cat=2']!.contradicts).toEqual([]);
  });

  test('where most models agree, only the minority is disputed', () => {
    const claims = byId(
      weighClaims(texts(['a', 'Two cats.'], ['b', 'Two cats.'], ['c', 'Three cats.'])),
    );
    expect(claims['count:cat=2']!.standing).toBe('agreed');
    expect(claims['count:cat=3']!.standing).toBe('disputed');
  });

  test('two against two is disputed on both sides', () => {
    const claims = byId(
      weighClaims(
        texts(['a', 'Two cats.'], ['b', 'Two cats.'], ['c', 'Three cats.'], ['d', 'Three cats.']),
      ),
    );
    expect(claims['count:cat=2']!.standing).toBe('disputed');
    expect(claims['count:cat=3']!.standing).toBe('disputed');
  });

  test('a check that says yes makes a claim heavier, also by a model that does not make it', () => {
    const said = texts(['a', 'A cat.'], ['b', 'A dog.']);
    const weight = (yes: number) =>
      byId(weighClaims(said, [{ claimId: 'object:cat=', modelId: 'b', yes }]))['object:cat=']!
        .weight;
    expect(weight(0.95)).toBeGreaterThan(0.6);
    expect(weight(0.05)).toBeLessThan(0.4);
  });

  test('checks are kept on their claim', () => {
    const [cat] = weighClaims(texts(['a', 'A cat.']), [
      { claimId: 'object:cat=', modelId: 'a', yes: 1 },
      { claimId: 'object:dog=', modelId: 'b', yes: 0 },
    ]);
    expect(cat!.checks).toEqual([{ modelId: 'a', yes: 1 }]);
  });

  test('who speaks of a thing, but not of its place, says nothing against the place', () => {
    const there = byId(weighClaims(texts(['a', 'The cat is on the left.'], ['b', 'A cat.'])));
    const silent = byId(weighClaims(texts(['a', 'The cat is on the left.'], ['b', 'A dog.'])));
    expect(there['relation:cat=left']!.weight).toBeGreaterThan(silent['relation:cat=left']!.weight);
  });

  test('a lone reader is not outvoted by those who do not read', () => {
    const claims = byId(
      weighClaims(
        texts(
          ['a', 'There is a sign. The sign says "open".'],
          ['b', 'There is a sign, but I cannot read its text.'],
          ['c', 'There is a sign.'],
        ),
      ),
    );
    expect(claims['text:sign=open']!.weight).toBeGreaterThan(0.6);
  });

  test('of several readers one alone is no more than a maybe', () => {
    const claims = weighClaims(
      texts(
        ['a', 'There is a sign. The sign says "PFP".'],
        ['b', 'There is a sign. The sign says "exit".'],
        ['c', 'There is a sign. The sign says "exit".'],
      ),
    );
    const caption = claimSentences(subjects(claims.filter(({ value }) => value !== 'exit')));
    expect(caption.map(({ text }) => text)).toContain('It may say "PFP".');
    expect(byId(claims)['text:sign=exit']!.weight).toBeGreaterThan(0.5);
  });

  test('a place is no surer than the thing that is there', () => {
    const said = (certain: number) => ({ said: { certain, hedged: 0, rival: 0, silent: -0.5 } });
    const claims = byId(
      weighClaims(texts(['a', 'The dog is on the left.'], ['b', 'A cat.'], ['c', 'A cat.']), [], {
        a: { object: said(0.2), relation: said(4) },
      }),
    );
    expect(claims['object:dog=']!.weight).toBeLessThan(0.5);
    expect(claims['relation:dog=left']!.weight).toBe(claims['object:dog=']!.weight);
  });

  test('what everybody only suspects nobody states', () => {
    const three = texts(
      ['a', 'There may be an owl.'],
      ['b', 'Possibly an owl.'],
      ['c', 'It could show an owl.'],
    );
    const [owl] = weighClaims(three);
    expect(levelOf(owl!)).toBe('doubtful');
    expect(claimSentences(subjects([owl!])).map(({ text }) => text)).toEqual([
      'There may be an owl.',
    ]);
    const yes = three.map(({ modelId }) => ({ claimId: 'object:owl=', modelId, yes: 0.9 }));
    expect(levelOf(weighClaims(three, yes)[0]!)).not.toBe('doubtful');
  });

  test('a calibrated model counts as much as it is worth', () => {
    const said = { certain: 4, hedged: 0, rival: 0, silent: 0 };
    const [dog] = weighClaims(texts(['a', 'A cat.'], ['b', 'A dog.']), [], {
      b: { object: { said } },
    });
    expect(dog).toMatchObject({ subject: 'dog' });
    expect(dog!.weight).toBeGreaterThan(0.9);
  });

  test('what its word is worth changes nothing of how a model is read', async () => {
    const said = { certain: 0.3, hedged: 0.3, rival: -0.3, silent: -0.3 };
    const learned = Object.fromEntries(['a', 'b', 'c'].map((id) => [id, { object: { said } }]));
    const puppies = texts(
      ['a', 'A puppy is sleeping on the couch.'],
      ['b', 'A dog lies asleep on a sofa.'],
    );
    const reading = { lexicon: await loadLexicon() };
    const ids = (calibrations: Calibrations) =>
      weighClaims(puppies, [], calibrations, reading)
        .map(({ id }) => id)
        .sort();
    expect(ids(learned)).toEqual(ids({}));
    expect(ids(learned)).toContain('action:dog=sleeping');
    // Nor does it make a certainty of hedges: what these are worth was measured of nobody but the models that come with the app.
    const three = texts(
      ['a', 'There may be an owl.'],
      ['b', 'Possibly an owl.'],
      ['c', 'It could show an owl.'],
    );
    expect(levelOf(weighClaims(three, [], learned)[0]!)).toBe('doubtful');
    const plain = new Set(['a', 'b', 'c']);
    expect(levelOf(weighClaims(three, [], learned, { plain })[0]!)).toBe('likely');
  });

  test('the no of a model that knows what it sees counts more than the no of one that does not', () => {
    const check = { yes: 0.4, no: 0.4, bias: 0, assured: { no: 1, bias: 0 } };
    const silent = { certain: 0.5, hedged: 0, rival: -0.5, silent: -0.5 };
    const b = { object: { said: silent, checked: { said: silent, check } } };
    const weight = (sureOfItsOwn: number) =>
      byId(
        weighClaims(
          texts(['a', 'A cat.'], ['b', 'A dog.']),
          [
            { claimId: 'object:dog=', modelId: 'b', yes: sureOfItsOwn },
            { claimId: 'object:cat=', modelId: 'b', yes: 0.1 },
          ],
          { b },
        ),
      )['object:cat=']!.weight;
    expect(weight(0.95)).toBeLessThan(weight(0.55) - 0.05);
    expect(weight(0.55)).toBeLessThan(0.5);
  });

  test('one cat, said by its article, is a claim only against another number', () => {
    const ids = (other: string) =>
      weighClaims(texts(['a', 'A cat.'], ['b', other])).map(({ id }) => id);
    expect(ids('A cat.')).toEqual(['object:cat=']);
    expect(ids('Two cats.')).toContain('count:cat=1');
  });

  test('the heaviest come first; among equals what is there, how many, where', () => {
    const kinds = weighClaims(
      texts(
        ['a', 'A drawing on a red background. Two cats. The cat is on the left. A dog.'],
        ['b', 'A dog.'],
      ),
    ).map(({ id }) => id);
    expect(kinds).toEqual([
      'object:dog=',
      'attribute:background=red',
      'overall:image=drawing',
      'object:cat=',
      'count:cat=2',
      'relation:cat=left',
    ]);
  });

  test('no texts make no claims', () => {
    expect(weighClaims([])).toEqual([]);
  });
});
