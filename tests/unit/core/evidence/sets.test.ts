import { beforeAll, describe, expect, test } from 'vitest';
import { claimSentences } from '../../../../src/core/evidence/claim-sentences';
import type { Lexicon } from '../../../../src/core/evidence/lexicon/lexicon';
import { loadLexicon } from '../../../../src/core/evidence/lexicon/load';
import { traceSentences } from '../../../../src/core/evidence/trace';
import { weighClaims } from '../../../../src/core/evidence/weigh';
import { subjects } from '../../../../src/core/judge-prompt';
import { cellsOf, foundRows, readSets } from './matrix';

/** Of all cells (claim and model, claim and "disputed") that are found; what is not in the list may still be true. */
const LEAST_PRECISION = 0.8;
/** Of all cells that a person reads from the descriptions. */
const LEAST_RECALL = 0.93;
/** Of what contradicts each other. */
const LEAST_DISPUTED = 0.93;

describe('three descriptions of one picture by large models', () => {
  let lexicon: Lexicon;
  beforeAll(async () => {
    lexicon = await loadLexicon();
  });

  test('make a consensus of which every sentence is traced back to them', () => {
    const captions = readSets().map(({ texts }) => {
      const claims = weighClaims(texts, [], {}, { lexicon });
      return { claims, sentences: claimSentences(subjects(claims)) };
    });
    console.info(captions.map(({ sentences }) => sentences.map(({ text }) => text).join(' ')).join('\n'));
    const untraced = captions.flatMap(({ claims, sentences }) =>
      traceSentences(sentences.map(({ text }) => text).join(' '), claims, lexicon).filter(({ origin }) => origin === 'added'));
    expect(untraced.map(({ text }) => text)).toEqual([]);
  }); // prettier-ignore

  test('make the matrix that a person reads from them', () => {
    const sets = readSets();
    expect(sets).toHaveLength(20);
    const sums = { found: 0, expected: 0, right: 0, disputed: 0, rightlyDisputed: 0 };
    const lines = sets.map(({ title, texts, rows }) => {
      expect(texts.map(({ modelId }) => modelId)).toEqual(['A', 'B', 'C']);
      const expected = cellsOf(rows, lexicon);
      // What a plural alone says ("apples" are several) is not in the lists.
      const found = new Set(
        [...cellsOf(foundRows(texts, lexicon), lexicon)].filter(
          (cell) => expected.has(cell) || !/^count .*=several/u.test(cell),
        ),
      );
      const missing = [...expected].filter((cell) => !found.has(cell));
      const disputed = [...expected].filter((cell) => cell.endsWith(' disputed'));
      sums.found += found.size;
      sums.expected += expected.size;
      sums.right += expected.size - missing.length;
      sums.disputed += disputed.length;
      sums.rightlyDisputed += disputed.filter((cell) => found.has(cell)).length;
      const more = [...found].filter((cell) => !expected.has(cell));
      return `${title}: ${String(expected.size - missing.length)} of ${String(expected.size)}; missing: ${missing.join(', ') || '–'}; more: ${more.join(', ') || '–'}`;
    });
    const precision = sums.right / sums.found;
    const recall = sums.right / sums.expected;
    const disputed = sums.rightlyDisputed / sums.disputed;
    console.info(
      [
        `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} of ${String(sums.expected)} cells, ${String(sums.rightlyDisputed)} of ${String(sums.disputed)} disputes`,
        ...lines,
      ].join('\n'),
    );
    expect(precision).toBeGreaterThanOrEqual(LEAST_PRECISION);
    expect(recall).toBeGreaterThanOrEqual(LEAST_RECALL);
    expect(disputed).toBeGreaterThanOrEqual(LEAST_DISPUTED);
  });
});
