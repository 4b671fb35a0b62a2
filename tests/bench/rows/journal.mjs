import { createHash } from 'node:crypto';

export const name =
  'opening a run of 100,000 finished cells: ms beyond a run of 100, against one second';
export const bar = 1;

const MODELS = 10;
const PROMPTS = 10;
const MANY = 1_000;
const REPEATS = 3;

/** @param {string} text */
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** @param {number} count of pictures */
function runOf(count) {
  const images = Array.from({ length: count }, (_, index) => ({
    id: `picture-${String(index)}`,
    name: `Picture ${String(index)}`,
    sha256: sha256(String(index)),
    format: 'png',
    bytes: 1000,
    widthPx: 48,
    heightPx: 48,
    source: { kind: 'copy' },
    addedAt: 0,
  }));
  const models = Array.from({ length: MODELS }, (_, index) => ({
    id: `bench/model-${String(index)}`,
    revision: 'r',
    precision: 'q8',
  }));
  const prompts = Array.from({ length: PROMPTS }, (_, index) => ({
    id: `prompt-${String(index)}`,
    title: `Prompt ${String(index)}`,
    text: `Question ${String(index)}`,
    rationale: '',
    expects: 'prose',
  }));
  return {
    id: `run-${String(count)}`,
    name: 'Bench',
    createdAt: 0,
    images,
    models,
    prompts,
    judge: null,
    judgeMode: 'fuse',
    decode: { maxNewTokens: 160, sampling: { kind: 'greedy' } },
    device: 'wasm',
    threads: 1,
    environment: {
      versions: { app: '0', transformers: '0', onnxruntime: '0' },
      browser: 'bench',
      adapter: null,
    },
  };
}

/** Keeps a run with all its cells done, and has it open on the next visit.
 * @param {import('playwright').Page} page
 * @param {ReturnType<typeof runOf>} run */
async function keep(page, run) {
  const hashes = run.prompts.map(({ text }) => sha256(text).slice(0, 16));
  await page.evaluate(async ([kept, promptHashes]) => {
    /** @type {IDBDatabase} */
    const database = await new Promise((resolve) => {
      const open = indexedDB.open('vlm-image-analysis');
      open.onsuccess = () => resolve(open.result);
    });
    /** @param {IDBTransaction} transaction */
    const written = (transaction) =>
      new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve(undefined);
        transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
      });
    const text = 'A picture with two cats and a dog on a blue background. '.repeat(3);
    const description = {
      text,
      device: 'wasm',
      timings: { lookMs: 1, generateMs: 2, newTokens: 40 },
      finishedAt: 1,
      cutOff: false,
    };
    for (let at = 0; at < kept.images.length; at += 100) {
      const transaction = database.transaction('journal', 'readwrite');
      const journal = transaction.objectStore('journal');
      for (const { sha256: hash } of kept.images.slice(at, at + 100))
        for (const { id, revision, precision } of kept.models)
          for (const promptHash of promptHashes) {
            const key = ['cell', hash, id, revision, precision, promptHash, '160-greedy'];
            journal.put({ version: 1, kind: 'description', description }, key.join('|'));
          }
      await written(transaction);
    }
    const transaction = database.transaction(['runs', 'settings'], 'readwrite');
    transaction.objectStore('runs').put({ version: 1, run: kept }, kept.id);
    const settings = transaction.objectStore('settings');
    settings.put({ welcomed: true, runId: kept.id, runGoing: false }, 'settings');
    await written(transaction);
    database.close();
  }, /** @type {const} */ ([run, hashes]));
}

/** @param {import('playwright').Page} page
 * @param {string} said */
async function openedIn(page, said) {
  const started = performance.now();
  await page.reload();
  await page.getByRole('group', { name: 'Run', exact: true }).getByText(said).waitFor();
  return performance.now() - started;
}

/** As a run leaves its records: packed. These were written past the app, which packs them when it has read them once.
 * @param {import('playwright').Page} page
 * @param {number} count of images */
async function packed(page, count) {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const packs = await page.evaluate(async () => {
      /** @type {IDBDatabase} */
      const database = await new Promise((resolve) => {
        const open = indexedDB.open('vlm-image-analysis');
        open.onsuccess = () => resolve(open.result);
      });
      /** @type {number} */
      const found = await new Promise((resolve) => {
        const request = database.transaction('packs').objectStore('packs').count();
        request.onsuccess = () => resolve(request.result);
      });
      database.close();
      return found;
    });
    if (packs >= count) return;
    if (performance.now() > deadline) throw new Error(`${String(packs)} packs after two minutes`);
    await page.waitForTimeout(500);
  }
}

/** From the reload to the line that says how many are done.
 * @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ page, url, log }) {
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  /** @type {Record<number, number[]>} */
  const times = {};
  for (const count of [1, MANY]) {
    // Not beside the app, which deletes what no run needs.
    await page.goto(`${url}manifest.webmanifest`);
    await keep(page, runOf(count));
    await page.goto(url);
    const said = `${String(count * MODELS * PROMPTS)} done`;
    log(`${said}: ${(await openedIn(page, said)).toFixed(0)} ms, not packed`);
    if (count === MANY) await packed(page, count);
    times[count] = [];
    for (let round = 0; round < REPEATS; round += 1) {
      times[count].push(await openedIn(page, said));
      log(`${said}: ${times[count].at(-1)?.toFixed(0) ?? ''} ms`);
    }
  }
  const small = Math.min(...(times[1] ?? []));
  return { ours: (times[MANY] ?? []).map((ms) => ms - small), baseline: 1000 };
}
