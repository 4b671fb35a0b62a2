import { EMBEDDED, ms, withBenchPage } from '../with-page.mjs';

export const name =
  'several pictures in one batch: a row of it, against a batch of one (WASM, 1 thread)';
export const bar = null;

/** @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ page, isQuick, log }) {
  return withBenchPage(page, async () => {
    const rows = [];
    for (const { id, short } of EMBEDDED) {
      const request = { modelId: id, sizes: [1, 2, 4], repeats: isQuick ? 5 : 60 };
      const times = await page.evaluate((asked) => globalThis.bench.batch(asked), request);
      log(
        `${short}: ${times.map(({ rows: of, tokenMs, prefillMs }) => `${String(of)} rows ${ms(tokenMs)} a token, ${ms(prefillMs)} a prefill`).join('; ')}`,
      );
      const [one, , four] = times;
      if (one === undefined || four === undefined) throw new Error('nothing was measured');
      rows.push({
        name: `batch of 4, ${short}: a token of a row, ms`,
        ours: four.tokenMs,
        baseline: one.tokenMs,
        detail: `prefill of 64 tokens ${(four.prefillMs / one.prefillMs).toFixed(2)}`,
      });
    }
    return rows;
  });
}
