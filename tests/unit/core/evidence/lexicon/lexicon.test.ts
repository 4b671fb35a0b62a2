import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Lexicon } from '../../../../../src/core/evidence/lexicon/lexicon';
import { loadLexicon } from '../../../../../src/core/evidence/lexicon/load';

describe('the lexicon', () => {
  let lexicon: Lexicon;
  beforeAll(async () => {
    lexicon = await loadLexicon();
  });

  test.each([
    ['sofa', 'couch'],
    ['bicycle', 'bike'],
    ['car', 'automobile'],
    ['airplane', 'plane'],
    ['fridge', 'refrigerator'],
    ['tv', 'television'],
    ['t-shirt', 'tee'],
    ['child', 'kid'],
    ['sidewalk', 'pavement'],
    ['cafe', 'café'],
  ])('“%s” is “%s”', (one, other) => {
    expect(lexicon.key(one)).toBe(lexicon.key(other));
  });

  test.each([
    ['taxi', 'car'],
    ['golden retriever', 'dog'],
    ['kitten', 'cat'],
    ['man', 'person'],
    ['mug', 'cup'],
    ['raincoat', 'clothing'],
    ['rose', 'flower'],
    ['truck', 'vehicle'],
    ['wooden spoon', 'spoon'],
  ])('“%s” is a kind of “%s”, not the other way round', (one, general) => {
    expect(lexicon.isA(one, general)).toBe(true);
    expect(lexicon.isA(general, one)).toBe(false);
  });

  test.each([
    ['hot dog', 'dog'],
    ['man', 'woman'],
    ['cat', 'dog'],
    ['girl', 'boy'],
    ['mouse', 'person'],
    ['unknown word', 'person'],
  ])('“%s” is no “%s”', (one, other) => {
    expect(lexicon.isA(one, other)).toBe(false);
  });

  test.each(['sense', 'moment', 'atmosphere of calm', 'beauty', 'warmth', 'testament', 'serenity'])(
    '“%s” names nothing that a picture shows',
    (word) => {
      expect(lexicon.known(word.split(' ').at(-1) ?? '')).toBeUndefined();
    },
  );

  test.each([
    [['city', 'streets'], 'street', 1],
    [['large', 'teddy', 'bears'], 'teddy bear', 2],
    [['old', 'man'], 'man', 1],
    [['sunglasses'], 'sunglasses', 1],
    [['people'], 'person', 1],
  ])('%j end in “%s”', (words, name, length) => {
    expect(lexicon.head(words)).toEqual({ name, length });
  });

  test('is small, and has its licence with it', () => {
    const file = readFileSync('src/core/evidence/lexicon/nouns.json');
    expect(gzipSync(file).length).toBeLessThan(400_000);
    expect(file.toString()).toContain('WordNet 3.0 Copyright 2006 by Princeton University');
  });
});
