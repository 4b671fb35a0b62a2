import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Lexicon } from '../../../../src/core/evidence/lexicon/lexicon';
import { loadLexicon } from '../../../../src/core/evidence/lexicon/load';
import { type Label, labelOf, LABELS } from './pair-label';

const Pair = v.object({
  split: v.picklist(['dev', 'held-out']),
  label: v.picklist(LABELS),
  topic: v.string(),
  a: v.string(),
  b: v.string(),
});

const PAIRS = readFileSync('tests/fixtures/evidence/pairs.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => v.parse(Pair, JSON.parse(line)));

/** What has to be reached at least: precision and recall of each label. */
const FLOORS: Readonly<
  Record<'dev' | 'held-out', Readonly<Record<Label, readonly [number, number]>>>
> = {
  dev: { same: [0.9, 0.9], different: [0.9, 0.9], contradicting: [0.95, 0.95] },
  'held-out': { same: [0.95, 0.85], different: [0.82, 0.95], contradicting: [0.95, 0.93] },
};

describe('two sentences of large models', () => {
  let lexicon: Lexicon;
  beforeAll(async () => {
    lexicon = await loadLexicon();
  });

  test('there are pairs of every label in both halves', () => {
    for (const split of ['dev', 'held-out'] as const) {
      for (const label of LABELS) {
        const own = PAIRS.filter((pair) => pair.split === split && pair.label === label);
        expect(own.length, `${split}, ${label}`).toBeGreaterThan(30);
      }
    }
  });

  test.each(['dev', 'held-out'] as const)('are told apart: %s', (split) => {
    const judged = PAIRS.filter((pair) => pair.split === split).map((pair) => ({
      ...pair,
      found: labelOf(pair.a, pair.b, lexicon).label,
    }));
    const lines = LABELS.map((label) => {
      const found = judged.filter((pair) => pair.found === label);
      const meant = judged.filter((pair) => pair.label === label);
      const right = found.filter((pair) => pair.label === label).length;
      return {
        label,
        pairs: meant.length,
        precision: right / found.length,
        recall: right / meant.length,
      };
    });
    const wrong = judged.filter(({ label, found }) => label !== found);
    console.info(
      [
        `${split}: ${String(judged.length - wrong.length)} of ${String(judged.length)} pairs right`,
        ...lines.map(({ label, pairs, precision, recall }) =>
          `  ${label.padEnd(13)} ${String(pairs)} pairs, precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`),
        // Those of the held-out half are not looked at: nothing is made to fit them.
        ...(split === 'dev' ? wrong.map(({ label, found, a, b }) => `  ${label}, taken for ${found}: ${a} | ${b}`) : []),
      ].join('\n'),
    ); // prettier-ignore
    for (const { label, precision, recall } of lines) {
      const [leastPrecision, leastRecall] = FLOORS[split][label];
      expect(precision, `precision of ${label}`).toBeGreaterThanOrEqual(leastPrecision);
      expect(recall, `recall of ${label}`).toBeGreaterThanOrEqual(leastRecall);
    }
  });
});
