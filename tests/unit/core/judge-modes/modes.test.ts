import { describe, expect, test } from 'vitest';
import {
  selectedCaption,
  toldCaption,
  writtenCaption,
} from '../../../../src/core/judge-modes/caption';
import { consensusClaims } from '../../../../src/core/judge-modes/consensus';
import { MODES } from '../../../../src/core/judge-modes/modes';
import { weighClaims } from '../../../../src/core/evidence/weigh';
import type { DescriptionInput } from '../../../../src/core/protocol';
import { claim } from '../evidence/claim';

const said = (modelId: string, text: string, promptId = 'p'): DescriptionInput => ({
  modelId,
  modelName: modelId.toUpperCase(),
  prompt: { id: promptId, expects: 'prose' },
  text,
});
const inputOf = (...descriptions: readonly DescriptionInput[]) => ({
  descriptions,
  claims: weighClaims(
    descriptions.map(({ modelId, prompt, text }) => ({ modelId, promptId: prompt.id, text })),
  ),
});
const PICTURE = inputOf(
  said('a', 'The image shows a cat and a dog.'),
  said('b', 'The image shows a cat.'),
  said('c', 'The image shows a cat, a dog, a zebra, a piano and a rocket.'),
  said('d', 'The image shows a dog and a cat.'),
);

describe('select', () => {
  test('takes the description whose claims are supported, not the longest', () => {
    const plan = MODES.select.plan(PICTURE);
    expect(plan).toMatchObject({ kind: 'text', text: 'The image shows a cat and a dog.' });
    expect(plan.kind === 'text' && plan.ranking.map(({ modelId }) => modelId).slice(0, 2)).toEqual([
      'a',
      'd',
    ]);
  });

  test('leaves tables out, and takes the next one where nothing else is there', () => {
    const table = '| cat | dog |\n| --- | --- |';
    const plan = MODES.select.plan(inputOf(said('a', table), said('b', `A cat.\n\n${table}`)));
    expect(plan).toMatchObject({ text: 'A cat.' });
  });
});

describe('rank', () => {
  test('fuses the best two: their claims alone, weighed with what all say', () => {
    const plan = MODES.rank.plan(PICTURE);
    if (plan.kind !== 'write') throw new Error('not written');
    expect(plan.descriptions.map(({ modelId }) => modelId)).toEqual(['a', 'd']);
    expect(plan.claims.map(({ subject }) => subject)).not.toContain('zebra');
    const cat = plan.claims.find(({ id }) => id === 'object:cat=');
    expect(cat).toBe(PICTURE.claims.find(({ id }) => id === 'object:cat='));
  });

  test('takes the two of different models, but of a single model its own', () => {
    const twice = inputOf(said('a', 'A cat.', 'p'), said('a', 'A cat.', 'q'), said('b', 'A dog.'));
    const plan = MODES.rank.plan(twice);
    expect(plan.kind === 'write' && plan.descriptions.map(({ modelId }) => modelId)).toEqual([
      'a',
      'b',
    ]);
    const alone = MODES.rank.plan(inputOf(said('a', 'A cat.', 'p'), said('a', 'A dog.', 'q')));
    expect(alone.kind === 'write' && alone.descriptions).toHaveLength(2);
  });
});

describe('consensus', () => {
  const kept = (models: readonly string[], ...claims: Parameters<typeof consensusClaims>[0]) =>
    consensusClaims(claims, models).map(({ subject, value, weight }) => [subject || value, weight]);

  test('is what at least half say; of two both', () => {
    const one = claim('object', 'cat', '', { modelIds: ['a'] });
    const two = claim('object', 'dog', '', { modelIds: ['a', 'b'] });
    expect(kept(['a', 'b', 'c', 'd'], one, two)).toEqual([['dog', 0.75]]);
    expect(kept(['a', 'b'], one, two)).toEqual([['dog', 1]]);
    expect(kept(['a'], one)).toEqual([['cat', 1]]);
  });

  test('counts readers among themselves', () => {
    const text = claim('text', 'sign', 'Open', { modelIds: ['a'] });
    expect(kept(['a', 'b', 'c'], text)).toEqual([['sign', 1]]);
    const other = claim('text', 'sign', 'Oper', { modelIds: ['b'] });
    expect(kept(['a', 'b', 'c'], text, other)).toEqual([]);
  });

  test('tells of two counts the more frequent one, whatever a model weighs', () => {
    const two = claim('count', 'cat', '2', {
      modelIds: ['a', 'b'],
      weight: 0.2,
      contradicts: ['count:cat=3'],
    });
    const three = claim('count', 'cat', '3', {
      modelIds: ['c', 'd', 'e'],
      weight: 0.1,
      contradicts: ['count:cat=2'],
    });
    const claims = [
      claim('object', 'cat', '', { modelIds: ['a', 'b', 'c', 'd', 'e'] }),
      two,
      three,
    ];
    const { caption } = toldCaption(consensusClaims(claims, ['a', 'b', 'c', 'd', 'e']), { claims });
    expect(caption).toBe('The image shows three cats.');
  });

  test('needs no model, as a choice among descriptions does not', () => {
    expect(MODES.consensus.isWritten || MODES.select.isWritten).toBe(false);
    const plan = MODES.consensus.plan(PICTURE);
    if (plan.kind !== 'tell') throw new Error('written');
    const verdict = toldCaption(plan.claims, PICTURE);
    expect(verdict).toMatchObject({
      caption: 'The image shows a cat and a dog.',
      writtenBy: 'consensus',
    });
    expect(verdict.replaced).toBeUndefined();
  });
});

describe('what a judge wrote', () => {
  const { claims } = PICTURE;
  const write = (text: string) => writtenCaption(text, claims, { claims }, false);

  test.each([
    ['', 'The judge answered nothing.'],
    ['  \n', 'The judge answered nothing.'],
    ['cat cat cat cat cat cat cat cat cat', 'The judge repeated itself.'],
    ['!!!! ...', 'The judge’s answer is no text.'],
    ["I'm sorry, but I can't describe this cat.", 'The judge refused to answer.'],
    ['As an AI language model, I cannot see the cat.', 'The judge refused to answer.'],
    ['A spaceship lands on a beach.', 'Nothing the judge wrote is in the descriptions.'],
  ])('%j is replaced by what the claims say, with the reason', (text, replaced) => {
    const verdict = write(text);
    expect(verdict).toMatchObject({ writtenBy: 'consensus', replaced });
    expect(verdict.caption).toContain('cat');
  });

  test.each([
    ['Description: The image shows a cat and a dog.'],
    ['Here is the fused description:\n\n"The image shows a cat and a dog."'],
    ['```\nThe image shows a cat and a dog.\n```'],
    ['# Description\nThe image shows a cat and a dog.'],
    ['<think>Let me see.</think>The image shows a cat and a dog.'],
    ['Claims:\ncat: certain 3/3\nThe image shows a cat and a dog.'],
    ['- The image shows a cat and a dog.'],
    [
      'The image shows a cat and a dog. The image shows a cat and a dog. The image shows a cat and a dog. The image shows a cat',
    ],
  ])('%j is brought into form', (text) => {
    expect(write(text)).toMatchObject({
      caption: 'The image shows a cat and a dog.',
      writtenBy: 'judge',
    });
  });

  test('is left as it is where nothing is wrong with it', () => {
    const text =
      'The image shows a cat. Beside it there is a dog.\nThe dog is large: it fills the picture.';
    expect(write(text).caption).toBe(text);
  });
});

test('a description that stands is traced like a verdict', () => {
  const { sentences, writtenBy } = selectedCaption('A cat. A ghost.', PICTURE);
  expect(writtenBy).toBe('model');
  expect(sentences.map(({ origin }) => origin)).toEqual(['supported', 'added']);
  expect(selectedCaption('', PICTURE).writtenBy).toBe('consensus');
});
