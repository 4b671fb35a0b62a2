import { median } from '../../../scripts/bench-rows.mjs';
import { EMBEDDED, ms, withBenchPage } from '../with-page.mjs';

export const name = 'stop: from the stop to the last token';
export const bar = 1;

const MOST_MS = 300;

/** 20 stops at moments that are spread over a second of looking and answering.
 * @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ page, isQuick, log }) {
  return withBenchPage(page, async () => {
    const rows = [];
    for (const { id, short } of EMBEDDED) {
      const options = { tries: isQuick ? 5 : 20, withinMs: 1000, seed: 0.37 };
      const stops = await page.evaluate(
        ([modelId, asked]) => globalThis.bench.stopping(modelId, asked),
        /** @type {const} */ ([id, options]),
      );
      const last = stops.map(({ lastTokenMs }) => lastTokenMs);
      const settled = stops.map(({ settledMs }) => settledMs);
      log(`${short}: to the last token ${last.map((each) => each.toFixed(0)).join(' ')} ms`);
      log(
        `${short}: to the end of the call ${settled.map((each) => each.toFixed(0)).join(' ')} ms`,
      );
      rows.push({
        name: `stop, ${short}: longest of ${String(stops.length)} to the last token, ms`,
        ours: Math.max(...last),
        baseline: MOST_MS,
        detail: `the call is over after ${ms(median(settled))}, at most ${ms(Math.max(...settled))}; model stays loaded`,
      });
    }
    return rows;
  });
}
