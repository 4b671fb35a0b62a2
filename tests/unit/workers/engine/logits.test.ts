import { describe, expect, test } from 'vitest';
import { drawToken, sampler, yesNoTokens, yesProbability } from '../../../../workers/engine/logits';
import type { TextTokenizer } from '../../../../workers/engine/transformers';

const LOGITS = Float32Array.from([0, 1, 2, 3]);
const ALL = { temperature: 1, topP: 1 };

describe('drawToken', () => {
  test('takes the likeliest first', () => {
    expect(drawToken(LOGITS, ALL, 0)).toBe(3);
    expect(drawToken(LOGITS, ALL, 0.999)).toBe(0);
  });

  test('draws as often as the probabilities say', () => {
    const lots = Array.from({ length: 1000 }, (_, index) => (index + 0.5) / 1000);
    const share = lots.filter((lot) => drawToken(LOGITS, ALL, lot) === 3).length / 1000;
    expect(share).toBeCloseTo(0.644, 2);
  });

  test('a low temperature and a small nucleus leave the likeliest alone', () => {
    expect(drawToken(LOGITS, { temperature: 0.05, topP: 1 }, 0.999)).toBe(3);
    expect(drawToken(LOGITS, { temperature: 1, topP: 0.5 }, 0.999)).toBe(3);
  });
});

test('the same seed draws the same tokens, another one others', () => {
  const drawn = (seed: number) => {
    const sample = sampler({ kind: 'sampled', seed, ...ALL });
    return Array.from({ length: 40 }, () => {
      const logits = LOGITS.slice();
      sample(logits);
      return logits.indexOf(0);
    });
  };
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(7)).not.toEqual(drawn(8));
});

test('yes is weighed against no, over all their spellings', () => {
  const vocabulary: Record<string, bigint[]> = {
    Yes: [0n],
    ' Yes': [1n],
    yes: [5n, 6n],
    ' yes': [1n],
    No: [2n],
    ' No': [3n],
    no: [2n],
    ' no': [7n, 8n],
  };
  const tokenizer = ((text: string) => ({
    input_ids: { data: BigInt64Array.from(vocabulary[text] ?? []) },
  })) as unknown as TextTokenizer;
  const tokens = yesNoTokens(tokenizer);
  expect(tokens).toEqual({ yes: [0, 1], no: [2, 3] });
  const logits = Float32Array.from([Math.log(3), Math.log(3), Math.log(1), Math.log(1), 50]);
  expect(yesProbability(logits, tokens)).toBeCloseTo(0.75);
});
