import { describe, expect, test } from 'vitest';
import { rejection, traceSentences } from '../../../../src/core/evidence/trace';
import { loadLexicon } from '../../../../src/core/evidence/lexicon/load';
import { weighClaims } from '../../../../src/core/evidence/weigh';
import { claim } from './claim';

const CLAIMS = [
  claim('object', 'cat'),
  claim('count', 'cat', '2'),
  claim('object', 'dog', '', { standing: 'single', modelIds: ['a'] }),
  claim('relation', 'dog', 'left'),
  claim('object', 'sign'),
  claim('text', 'sign', 'Bakery'),
];

describe('traceSentences', () => {
  test.each([
    ['a claimed thing', 'There are two cats.', ['object:cat=', 'count:cat=2'], 'supported'],
    ['a thing and its place', 'The dog is on the left.', ['object:dog=', 'relation:dog=left'], 'supported'],
    ['another count of a claimed thing', 'There are five cats.', ['object:cat='], 'supported'],
    ['an invented thing', 'There is a unicorn.', [], 'added'],
    ['an invented thing beside a claimed one', 'A cat rides a unicorn.', ['object:cat='], 'added'],
    ['a quoted text that was read', 'The sign says “Bakery”.', ['text:sign=bakery', 'object:sign='], 'supported'],
    ['a quoted text in other case', 'The sign says “BAKERY”.', ['text:sign=bakery', 'object:sign='], 'supported'],
    ['a quoted text that nobody read', 'The sign says “Butcher”.', ['object:sign='], 'added'],
    ['nothing that can be checked', 'It is beautiful.', [], 'added'],
  ])('%s: “%s”', (_, text, claimIds, origin) => {
    expect(traceSentences(text, CLAIMS)).toEqual([{ text, claimIds, origin }]);
  }); // prettier-ignore

  test('each sentence of a caption is traced for itself', () => {
    const traced = traceSentences('There are two cats. There is a unicorn.', CLAIMS);
    expect(traced.map(({ text, origin }) => [text, origin])).toEqual([
      ['There are two cats.', 'supported'],
      ['There is a unicorn.', 'added'],
    ]);
  });

  test('a claim said twice in a sentence is named once', () => {
    const [sentence] = traceSentences('A cat sits beside a cat.', CLAIMS);
    expect(sentence!.claimIds).toEqual(['object:cat=']);
  });
});

describe('a verdict in the English of any model', () => {
  const TEXTS = [
    'A small grey kitten is sleeping on a couch. The sign reads "Bakery".',
    'The image shows a gray cat on a sofa with two cushions. There are no people.',
  ].map((text, index) => ({ modelId: `m${String(index)}`, promptId: 'p', text }));

  test.each([
    ['A gray cat lies asleep on the sofa.', 'supported', ['object:cat=', 'attribute:cat=grey', 'object:couch=', 'action:cat=sleeping', 'relation:cat=on couch']],
    ['An animal rests on a piece of furniture.', 'supported', ['object:cat=', 'object:couch=', 'relation:cat=on couch']],
    ['Two cushions can be seen.', 'supported', ['object:cushion=', 'count:cushion=2']],
    ['The sign says “BAKERY”.', 'supported', ['text:sign=bakery', 'object:sign=']],
    ['A dog sits beside the cat.', 'added', ['object:cat=']],
    ['The scene radiates calm and comfort.', 'added', []],
  ])('“%s” is %s', async (text, origin, claimIds) => {
    const lexicon = await loadLexicon();
    const claims = weighClaims(TEXTS, [], {}, { lexicon });
    const [traced] = traceSentences(text, claims, lexicon);
    expect(traced).toMatchObject({ text, origin });
    expect([...traced!.claimIds].sort()).toEqual([...claimIds].sort());
  }); // prettier-ignore
});

describe('rejection', () => {
  const why = (caption: string, claims = CLAIMS) =>
    rejection(caption, traceSentences(caption, claims), claims);

  test.each([
    ['', 'The judge answered nothing.'],
    [' \n', 'The judge answered nothing.'],
    ['A cat. A cat. A cat.', 'The judge repeated itself.'],
    ['There is a unicorn.', 'Nothing the judge wrote is in the descriptions.'],
    ['There is a dog.', 'The judge left out everything that the models agree on.'],
  ])('“%s” can’t stand: %s', (caption, reason) => {
    expect(why(caption)).toBe(reason);
  });

  test.each([
    ['a supported caption', 'There are two cats.'],
    ['one repetition', 'A cat. A cat.'],
    ['an addition beside what is supported', 'There is a cat. It is beautiful.'],
  ])('%s stands', (_, caption) => {
    expect(why(caption)).toBeUndefined();
  });

  test('where the models agree on nothing, a single claim is enough', () => {
    const single = CLAIMS.map((each) => ({ ...each, standing: 'single' as const }));
    expect(why('There is a dog.', single)).toBeUndefined();
  });
});
