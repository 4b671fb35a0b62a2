import { median } from '../../../scripts/bench-rows.mjs';
import { EMBEDDED, ms, withBenchPage } from '../with-page.mjs';

export const name =
  'the next picture prepared while this one is described, against one after the other';
export const bar = null;

/** More than noise: then it would be better left out. */
const NOT_SLOWER = 1.05;

/** @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ page, isQuick, log }) {
  return withBenchPage(page, async () => {
    const rows = [];
    const all = EMBEDDED.map(({ id, short }) => ({ ids: [id], short }));
    const together = { ids: EMBEDDED.map(({ id }) => id), short: 'all three at once' };
    for (const { ids: modelIds, short } of isQuick ? all.slice(1, 2) : [...all, together]) {
      const request = { modelIds, pictures: 6, prompts: 2, repeats: isQuick ? 1 : 5 };
      const pairs = await page.evaluate((asked) => globalThis.bench.overlap(asked), request);
      const ratios = pairs.map(({ withMs, withoutMs }) => withMs / withoutMs);
      rows.push({
        name: `overlap, ${short}: 6 pictures, 2 prompts, ms (ratio: median of pairs)`,
        ours: pairs.map(({ withMs }) => withMs),
        baseline: pairs.map(({ withoutMs }) => withoutMs),
        ratio: median(ratios),
        bar: NOT_SLOWER,
        detail: `pairs ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}; ${pairs.every(({ isSameText }) => isSameText) ? 'same text' : 'TEXTS DIFFER'}`,
      });
      log(
        `${short}: ${pairs.map((pair) => `${ms(pair.withMs)} / ${ms(pair.withoutMs)}`).join(', ')}`,
      );
    }
    return rows;
  });
}
