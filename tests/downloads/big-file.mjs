// node tests/downloads/big-file.mjs
// Stores a file of 2.2 GB, which a local Hub makes up as it is asked for, with the app's engine, and reads it into a session of
// onnxruntime as external data. Prints how long it took, the peak of the JavaScript memory while it downloads (as the browser
// measures it, workers included) and the peak resident memory of the processes (Linux only). Takes some minutes, 7 GB of memory
// and 3 GB in the temporary folder, so it is no part of `npm test`.
import process from 'node:process';

import { startDownloadsPage } from './downloads-page.mjs';
import { peakResident, resetPeaks } from './processes.mjs';
import { openProfile } from './profile.mjs';
import { DATA, GRAPH, ROW_BYTES, startRowsHub } from './rows.mjs';

const ROWS = 537_110;
const ROWS_OF_TENSOR = ROWS / 5;
/** Some from the first and the last chunk, from both sides of a chunk's end, and beyond 2 GiB. */
const LOOKED_UP = [0, 4095, 4096, 262_144, 524_287, 524_288, ROWS - 1];
const MB = 1e6;

/** @param {string} line */
const say = (line) => void process.stdout.write(`${line}\n`);
/** @param {number} bytes */
const mb = (bytes) => `${(bytes / MB).toFixed(0)} MB`;

/** @param {import('playwright').Page} page */
async function jsBytes(page) {
  return page.evaluate(async () => {
    const measuring =
      /** @type {{ measureUserAgentSpecificMemory(): Promise<{ bytes: number }> }} */ (
        /** @type {unknown} */ (performance)
      );
    return (await measuring.measureUserAgentSpecificMemory()).bytes;
  });
}

/**
 * @param {import('playwright').Page} page
 * @param {string} id
 * @param {string} profile
 */
async function store(page, id, profile) {
  const before = await jsBytes(page);
  resetPeaks(profile);
  const rssBefore = peakResident(profile);
  const started = performance.now();
  let isDone = false;
  const running = page
    .evaluate((model) => globalThis.downloads.download(model, { patient: true }), id)
    .finally(() => {
      isDone = true;
    });
  let peak = before;
  let samples = 0;
  while (!isDone) {
    peak = Math.max(peak, await jsBytes(page));
    samples += 1;
  }
  const { error } = await running;
  if (error !== null) throw new Error(`${error.code}: ${error.detail}`);
  const seconds = (performance.now() - started) / 1000;
  const rss = peakResident(profile);
  say(`stored ${mb(ROWS * ROW_BYTES)} in ${seconds.toFixed(0)} s`);
  say(
    `JavaScript memory: ${mb(before)} before, peak ${mb(peak)}, ${mb(peak - before)} more (${String(samples)} samples); ` +
      `three chunks in flight are ${mb(3 * 16 * 1024 * 1024)}`,
  );
  say(`renderer resident: ${mb(rssBefore.renderer)} before, peak ${mb(rss.renderer)}`);
  say(`browser resident: ${mb(rssBefore.browser)} before, peak ${mb(rss.browser)}`);
}

/**
 * @param {import('playwright').Page} page
 * @param {{ modelId: string, revision: string }} model
 * @param {readonly (readonly number[])[]} expected
 */
async function readBack(page, model, expected) {
  const request = {
    model,
    graph: GRAPH,
    data: DATA,
    rows: LOOKED_UP,
    rowsOfTensor: ROWS_OF_TENSOR,
  };
  const report = await page.evaluate((argument) => globalThis.downloads.session(argument), request);
  say(
    `read in ${(report.readMs / 1000).toFixed(1)} s, session made in ${(report.sessionMs / 1000).toFixed(1)} s`,
  );
  LOOKED_UP.forEach((row, index) => {
    const found = JSON.stringify(report.rows[index]);
    const isRight = found === JSON.stringify(expected[index]);
    say(`row ${String(row)}: ${found} ${isRight ? 'right' : 'WRONG'}`);
    if (!isRight) process.exitCode = 1;
  });
}

const server = await startDownloadsPage();
say('Computing the SHA-256 of the file');
const { hub, model, expected } = await startRowsHub({
  id: 'big/rows',
  graph: 'rows-2200mb.onnx',
  rows: ROWS,
});
// Without it the browser answers a measurement after up to 20 seconds.
const profile = await openProfile(['--enable-blink-features=ForceEagerMeasureMemory']);
try {
  const page = await profile.context.newPage();
  await page.goto(server.url);
  await page.evaluate((endpoint) => globalThis.downloads.use({ endpoint }), hub.url);
  await store(page, model.modelId, profile.folder);
  await readBack(page, model, await expected(LOOKED_UP));
} finally {
  await profile.close();
  await hub.close();
  await server.close();
}
