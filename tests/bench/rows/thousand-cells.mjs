import { largestRenderer } from '../renderer-memory.mjs';
import { EMBEDDED, mb, withBenchPage } from '../with-page.mjs';

export const name = 'memory over 1,000 cells, three models alive';
export const bar = null;

const MARKS = [100, 500, 1000];
/** From 100 cells to 1,000; what onnxruntime and the browser reach for in the meantime is in it. */
const GROWTH_BAR = 1.05;

/** @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ browser, page, isQuick, log }) {
  return withBenchPage(page, async () => {
    await page.evaluate(
      (ids) => globalThis.bench.openCells(ids),
      EMBEDDED.map(({ id }) => id),
    );
    const found = [];
    for (const mark of isQuick ? [24, 48, 96] : MARKS) {
      const cells = await page.evaluate((count) => globalThis.bench.cellsUpTo(count), mark);
      const agent = await page.evaluate(() => globalThis.bench.agentBytes());
      const tensors = await page.evaluate(() => globalThis.bench.cellTensors());
      const { residentBytes } = await largestRenderer(browser);
      const live = tensors.map((each) => each.live);
      const kept = tensors.map((each) => each.kept);
      log(
        `${String(cells)} cells: JavaScript and WebAssembly ${mb(agent)}, resident ${mb(residentBytes)}, ` +
          `live tensors ${live.join(' + ')}, kept of pictures ${kept.join(' + ')}`,
      );
      found.push({ agent, residentBytes, live: sum(live), kept: sum(kept) });
    }
    await page.evaluate(() => globalThis.bench.closeCells());
    const [first, last] = [found[0], found.at(-1)];
    if (first === undefined || last === undefined) throw new Error('nothing was measured');
    return [
      grown('JavaScript and WebAssembly, MB', first.agent / 1e6, last.agent / 1e6),
      grown(
        'resident memory of the renderer, MB',
        first.residentBytes / 1e6,
        last.residentBytes / 1e6,
      ),
      grown('live tensors', first.live, last.live),
      grown('tensors kept of pictures', first.kept, last.kept),
    ];
  });
}

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** @param {string} what @param {number} first @param {number} last */
function grown(what, first, last) {
  return {
    name: `1,000 cells, three models: ${what}, at the end against at 100`,
    ours: last,
    baseline: first,
    bar: GROWTH_BAR,
  };
}
