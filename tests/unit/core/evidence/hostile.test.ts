import { beforeAll, describe, expect, test } from 'vitest';
import { claimSentences } from '../../../../src/core/evidence/claim-sentences';
import type { Lexicon } from '../../../../src/core/evidence/lexicon/lexicon';
import { loadLexicon } from '../../../../src/core/evidence/lexicon/load';
import { weighClaims } from '../../../../src/core/evidence/weigh';
import { subjects } from '../../../../src/core/judge-prompt';
import { HONEST, HOSTILE } from '../../../fixtures/evidence/hostile';

const OTHERS = [
  {
    modelId: 'a',
    promptId: 'p',
    text: 'A grey cat sleeps on a red couch. There are two cushions.',
  },
  { modelId: 'b', promptId: 'p', text: 'The image shows a cat on a sofa with three pillows.' },
];

describe('a description that gives orders', () => {
  let lexicon: Lexicon;
  beforeAll(async () => {
    lexicon = await loadLexicon();
  });

  /** All that decides the verdict: claims, who makes them, their weights, and what is written of them. */
  const evidence = (text: string) => {
    const claims = weighClaims([...OTHERS, { modelId: 'c', promptId: 'p', text }], [], {}, { lexicon });
    return {
      claims: claims.map(({ id, modelIds, weight, standing, contradicts }) => ({ id, modelIds, weight, standing, contradicts })),
      caption: claimSentences(subjects(claims)).map((sentence) => sentence.text),
    };
  }; // prettier-ignore

  test('there are twenty, and what they say besides counts', () => {
    expect(HOSTILE).toHaveLength(20);
    const { claims } = evidence(HONEST);
    expect(claims.find(({ id }) => id === 'object:cat=')?.modelIds).toEqual(['a', 'b', 'c']);
    expect(evidence('').claims).not.toEqual(claims);
  });

  test.each(HOSTILE)('%s changes nothing', (_, text) => {
    expect(evidence(text)).toEqual(evidence(HONEST));
  });

  test('what it says in plain words is one voice', () => {
    const { claims } = evidence(`${HONEST} There is a unicorn.`);
    expect(claims.find(({ id }) => id === 'object:unicorn=')).toMatchObject({
      modelIds: ['c'],
      standing: 'single',
    });
  });
});
