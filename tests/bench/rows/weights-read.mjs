import { median } from '../../../scripts/bench-rows.mjs';
import { startDownloadsPage } from '../../downloads/downloads-page.mjs';
import { openProfile } from '../../downloads/profile.mjs';
import { DATA, GRAPH, startRowsHub } from '../../downloads/rows.mjs';

export const name = 'weights from the store into a session, against the Cache API (128 MiB, WASM)';
export const bar = 1.15;

const ROWS = 32 * 1024;
const LOOKED_UP = [0, 4095, 4096, 20_000, ROWS - 1];
const REPEATS = 7;
const CACHE = 'bench';

/** Downloads as the app does, copies that to the Cache API, and reads both in turn, in a fresh worker each.
 * @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ log }) {
  const server = await startDownloadsPage();
  const { hub, model, expected } = await startRowsHub({
    id: 'bench/rows',
    graph: 'rows-128mib.onnx',
    rows: ROWS,
  });
  const profile = await openProfile();
  try {
    const page = await profile.context.newPage();
    await page.goto(server.url);
    const request = { endpoint: hub.url, model, paths: [GRAPH, DATA], cache: CACHE };
    await page.evaluate(async ({ endpoint, model, paths, cache }) => {
      globalThis.downloads.use({ endpoint });
      const { error } = await globalThis.downloads.download(model.modelId, { patient: true });
      if (error !== null) throw new Error(error.code);
      await globalThis.downloads.copyToCache(model, cache, paths);
    }, request);
    const wanted = JSON.stringify(await expected(LOOKED_UP));
    /** @param {{ cache?: string }} from */
    const sample = async (from) => {
      const report = await page.evaluate((argument) => globalThis.downloads.session(argument), {
        model,
        graph: GRAPH,
        data: DATA,
        rows: LOOKED_UP,
        rowsOfTensor: ROWS,
        ...from,
      });
      if (JSON.stringify(report.rows) !== wanted) throw new Error('the rows are not those');
      return { readMs: report.readMs, ms: report.readMs + report.sessionMs };
    };
    const ours = [];
    const cached = [];
    // The first pair warms up and is not counted.
    for (let round = 0; round <= REPEATS; round += 1) {
      const mine = await sample({});
      const theirs = await sample({ cache: CACHE });
      if (round === 0) continue;
      ours.push(mine);
      cached.push(theirs);
      log(
        `store ${mine.ms.toFixed(0)} ms (read ${mine.readMs.toFixed(0)}), ` +
          `cache ${theirs.ms.toFixed(0)} ms (read ${theirs.readMs.toFixed(0)})`,
      );
    }
    const reads = [ours, cached].map((samples) => median(samples.map(({ readMs }) => readMs)));
    const [mine = NaN, theirs = NaN] = reads;
    return {
      ours: ours.map(({ ms }) => ms),
      baseline: cached.map(({ ms }) => ms),
      detail: `same rows; the reading alone ${(mine / theirs).toFixed(2)}`,
    };
  } finally {
    await profile.close();
    await hub.close();
    await server.close();
  }
}
