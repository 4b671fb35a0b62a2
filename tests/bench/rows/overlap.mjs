import { median } from '../../../scripts/bench-rows.mjs';
import { EMBEDDED, ms, withBenchPage } from '../with-page.mjs';

export const name =
  'overlap: the next picture prepared while this one is described, or not, as the app does it here, against the other way';
export const bar = null;

/** More than noise: then the app would better do it the other way. */
const NOT_SLOWER = 1.05;

/** @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ page, isQuick, log }) {
  return withBenchPage(page, async () => {
    const rows = [];
    const all = EMBEDDED.map(({ id, short }) => ({ ids: [id], short }));
    const together = { ids: EMBEDDED.map(({ id }) => id), short: 'all three at once' };
    for (const { ids: modelIds, short } of isQuick ? all.slice(1, 2) : [...all, together]) {
      const request = { modelIds, pictures: 6, prompts: 2, repeats: isQuick ? 1 : 5 };
      const found = await page.evaluate((asked) => globalThis.bench.overlap(asked), request);
      const { cores, lanes, threads, looksAhead, pairs } = found;
      const way = looksAhead ? 'prepared' : 'not prepared';
      const ours = pairs.map(({ withMs, withoutMs }) => (looksAhead ? withMs : withoutMs));
      const other = pairs.map(({ withMs, withoutMs }) => (looksAhead ? withoutMs : withMs));
      const ratios = pairs.map((_, index) => (ours[index] ?? NaN) / (other[index] ?? NaN));
      const place = `${String(lanes)} at a time with ${String(threads)} threads on ${String(cores)} cores`;
      rows.push({
        name: `overlap, ${short}: next picture ${way}, 6 pictures, 2 prompts, ms (ratio: median of pairs)`,
        ours,
        baseline: other,
        ratio: median(ratios),
        bar: NOT_SLOWER,
        detail: `${place}; pairs ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}; ${pairs.every(({ isSameText }) => isSameText) ? 'same text' : 'TEXTS DIFFER'}`,
      });
      log(
        `${short}, ${place}: the app has the next picture ${way}; with / without ${pairs.map((pair) => `${ms(pair.withMs)} / ${ms(pair.withoutMs)}`).join(', ')}`,
      );
    }
    return rows;
  });
}
