import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs';
import { tableLines } from '../../scripts/table.mjs';
import { startDownloadsPage } from '../downloads/downloads-page.mjs';
import { buildRepo, sparse, startHub, type Fault, type Hub } from '../hub/index';

const CHUNK = 16 * 1024 * 1024;
const ID = 'owner/model';
const BIG = 'onnx/model.onnx_data';
const BIG_BYTES = CHUNK + 1_000_000;
const FILES = ['config.json', 'onnx/model.onnx', BIG];
/** Eleven chunks: enough to be killed in the middle of. */
const LONG = 'owner/long';
const LONG_BYTES = 10 * CHUNK + 1000;
const TOKEN = 'hf_secret0123456789';

let server: Awaited<ReturnType<typeof startDownloadsPage>>;
let hub: Hub;
let context: BrowserContext;
let page: Page;
let logged: string[];

test.beforeAll(async () => {
  server = await startDownloadsPage();
  const lfs = { patterns: ['*.onnx', '*.onnx_data'] };
  hub = await startHub({
    repos: [
      await buildRepo(
        ID,
        {
          'config.json': JSON.stringify({ model_type: 'x', filler: 'y'.repeat(2000) }),
          'onnx/model.onnx': sparse({ size: 200_000, seed: 1 }),
          [BIG]: sparse({ size: BIG_BYTES, seed: 2 }),
        },
        { lfs },
      ),
      await buildRepo(LONG, { [BIG]: sparse({ size: LONG_BYTES, seed: 3 }) }, { lfs }),
      await buildRepo(
        'owner/gated',
        { 'a.onnx': 'x' },
        { lfs, gated: 'manual', readers: ['alice'] },
      ),
    ],
    tokens: [{ token: TOKEN, user: 'alice' }],
  });
});

test.afterAll(async () => {
  await hub.close();
  await server.close();
});

async function open(): Promise<Page> {
  const opened = await context.newPage();
  opened.on('console', (message) => logged.push(message.text()));
  await opened.goto(server.url);
  await opened.evaluate((endpoint) => globalThis.downloads.use({ endpoint }), hub.url);
  return opened;
}

test.beforeEach(async ({ browser }) => {
  logged = [];
  hub.faults.clear();
  hub.traffic.reset();
  context = await browser.newContext();
  page = await open();
});

test.afterEach(async () => {
  await context.close();
});

const download = (where: Page, id = ID) =>
  where.evaluate((repository) => globalThis.downloads.download(repository), id);
const inspect = (where: Page) => where.evaluate(() => globalThis.downloads.inspect());
const content = (file = BIG) => hub.traffic.totals({ stage: 'content', file });

const file = BIG;
const always = { times: null };
const CASES: readonly (readonly [name: string, faults: readonly Fault[], code: string | null])[] = [
  ['connection cut after N bytes', [{ kind: 'cut', afterBytes: 300_000, file }], null],
  ['connection cut every time', [{ kind: 'cut', afterBytes: 300_000, file, ...always }], 'network'],
  ['stall', [{ kind: 'stall', afterBytes: 300_000, file }], null],
  ['wrong byte, once', [{ kind: 'wrong-bytes', offset: CHUNK + 9, file }], null],
  ['wrong byte, every time', [{ kind: 'wrong-bytes', offset: CHUNK + 9, file, ...always }], 'weights-corrupt'],
  ['401', [{ kind: 'unauthorized', stage: 'api', ...always }], 'repository-not-found'],
  ['401 for a file', [{ kind: 'unauthorized', file, ...always }], 'repository-not-found'],
  ['403 gated', [{ kind: 'gated', status: 403, file, ...always }], 'repository-gated'],
  ['403 disabled', [{ kind: 'disabled', stage: 'api', ...always }], 'repository-disabled'],
  ['404 repository', [{ kind: 'not-found', what: 'repository', stage: 'api', ...always }], 'repository-not-found'],
  ['404 revision', [{ kind: 'not-found', what: 'revision', stage: 'api', ...always }], 'revision-not-found'],
  ['404 file', [{ kind: 'not-found', file, ...always }], 'weights-missing'],
  ['429, twice', [{ kind: 'rate-limited', stage: 'resolve', times: 2 }], null],
  ['429, every time', [{ kind: 'rate-limited', file, ...always }], 'rate-limited'],
  ['500, once', [{ kind: 'server-error', stage: 'resolve' }], null],
  ['500, every time', [{ kind: 'server-error', file, ...always }], 'hub-failing'],
  ['expired signature', [{ kind: 'expired-signature', file }], null],
  ['no Range support', [{ kind: 'no-range', file, ...always }], null],
  ['redirect without CORS', [{ kind: 'redirect-without-cors', file }], null],
]; // prettier-ignore

test('every fault: what is said, and that the store is sound after it', async () => {
  test.setTimeout(300_000);
  const rows: string[][] = [];
  for (const [name, faults, code] of CASES) {
    await context.clearCookies();
    await page.evaluate(() => indexedDB.deleteDatabase('vlm-image-analysis'));
    hub.faults.clear();
    hub.faults.add(...faults);
    const { error, sentence } = await download(page);
    const { files, wrong, partBytes } = await inspect(page);
    rows.push([name, error?.code ?? 'stored', String(files.length), String(partBytes), wrong.join() || 'sound', sentence]);
    expect.soft(error?.code ?? null, name).toBe(code);
    expect.soft(wrong, name).toEqual([]);
    if (code === null) expect.soft(files, name).toEqual(FILES);
    // A file that can't be had leaves nothing of itself behind.
    if (code === 'weights-corrupt') expect.soft(partBytes, name).toBe(0);
    if (!faults[0]!.url) expect.soft(hub.faults.list()[0]!.hits, name).toBeGreaterThan(0);
    hub.faults.clear();
    const again = await download(page);
    expect.soft(again.error, `${name}, afterwards`).toBeNull();
    expect.soft((await inspect(page)).files, `${name}, afterwards`).toEqual(FILES);
  }
  const head = ['fault', 'outcome', 'files', 'bytes of parts', 'store', 'what is said'];
  console.log(tableLines(head, rows).join('\n'));
}); // prettier-ignore

test('a download is made of ranges of one chunk at most, three at a time', async () => {
  const { error } = await download(page, LONG);
  expect(error).toBeNull();
  await hub.traffic.idle();
  expect(content()).toMatchObject({ requests: 11, repeatedBytes: 0, longestBytes: CHUNK });
  expect(content().mostAtOnce).toBeLessThanOrEqual(3);
  const told = await page.evaluate(() => globalThis.downloads.progress());
  expect(told.at(-1)).toMatchObject({ bytes: LONG_BYTES, totalBytes: LONG_BYTES, secondsLeft: 0 });
});

test('killed at 40 %: after a reload at most one chunk per request in flight comes again', async () => {
  test.setTimeout(120_000);
  hub.faults.add({ kind: 'slow', bytesPerSecond: 6_000_000, file, times: null });
  void download(page, LONG).catch(() => undefined);
  await expect
    .poll(() => page.evaluate(() => globalThis.downloads.progress().at(-1)?.bytes ?? 0), {
      timeout: 60_000,
      intervals: [100],
    })
    .toBeGreaterThan(0.4 * LONG_BYTES);
  await page.goto('chrome://crash').catch(() => undefined);
  hub.faults.clear();
  await hub.traffic.idle();
  const before = content().sentBytes;
  const again = await open();
  const { error, fetchedBytes } = await download(again, LONG);
  expect(error).toBeNull();
  await hub.traffic.idle();
  console.log(
    `killed after ${String(before)} of ${String(LONG_BYTES)} bytes; after the reload ${String(fetchedBytes)} bytes came, ` +
      `${String(content().repeatedBytes)} of them again`,
  );
  expect(fetchedBytes).toBeLessThanOrEqual(LONG_BYTES - CHUNK);
  expect(content().repeatedBytes).toBeLessThanOrEqual(3 * CHUNK);
  expect((await inspect(again)).wrong).toEqual([]);
});

test('paused and continued in one page, nothing that was stored comes again', async () => {
  const last = { covering: LONG_BYTES - 1, file, times: null };
  hub.faults.add({ kind: 'stall', afterBytes: 100, ...last });
  const running = page.evaluate((id) => globalThis.downloads.download(id, { patient: true }), LONG);
  await expect
    .poll(() => page.evaluate(() => globalThis.downloads.progress().at(-1)?.bytes ?? 0), {
      timeout: 60_000,
    })
    .toBeGreaterThan(10 * CHUNK);
  await page.evaluate(() => globalThis.downloads.stop());
  expect((await running).error).toMatchObject({ code: 'aborted' });
  hub.faults.clear();
  expect((await download(page, LONG)).error).toBeNull();
  await hub.traffic.idle();
  expect(content().repeatedBytes).toBeLessThanOrEqual(1000);
});

test('a wrong byte: only that file is fetched again', async () => {
  hub.faults.add({ kind: 'wrong-bytes', offset: 5, file });
  expect((await download(page)).error).toBeNull();
  await hub.traffic.idle();
  expect(content().repeatedBytes).toBe(BIG_BYTES);
  expect(hub.traffic.totals({ stage: 'content' }).repeatedBytes).toBe(BIG_BYTES);
});

test('two tabs fetch a model once; the second one shows how far the first one is', async () => {
  hub.faults.add({ kind: 'slow', bytesPerSecond: 12_000_000, file, times: null });
  const second = await open();
  const outcomes = await Promise.all([download(page, LONG), download(second, LONG)]);
  expect(outcomes.map(({ error }) => error)).toEqual([null, null]);
  await hub.traffic.idle();
  expect(content()).toMatchObject({ requests: 11, repeatedBytes: 0 });
  const told = await Promise.all(
    [page, second].map((tab) => tab.evaluate(() => globalThis.downloads.progress())),
  );
  const waited = told.filter((each) => each.some(({ phase }) => phase.kind === 'elsewhere'));
  expect(waited).toHaveLength(1);
  expect(outcomes.map(({ fetchedBytes }) => fetchedBytes).sort()).toEqual([0, LONG_BYTES]);
});

test('the token goes to the Hub and nowhere else', async () => {
  await page.evaluate(
    ([endpoint, token]) => globalThis.downloads.use({ endpoint: endpoint!, token: token! }),
    [hub.url, TOKEN],
  );
  expect((await download(page, 'owner/gated')).error).toBeNull();
  expect((await download(page)).error).toBeNull();
  await hub.traffic.idle();
  const sent = hub.traffic.requests({ site: 'hub' });
  expect(sent.some(({ headers }) => headers.authorization === `Bearer ${TOKEN}`)).toBe(true);
  expect(hub.traffic.requests({ site: 'cdn' }).length).toBeGreaterThan(0);
  expect(hub.traffic.leaks(TOKEN)).toEqual([]);
  expect(logged.join('\n')).not.toContain(TOKEN);
  expect(await page.evaluate(() => globalThis.downloads.dump())).not.toContain(TOKEN);
});

test('where the browser stores nothing, models are held in memory, and run', async () => {
  test.setTimeout(120_000);
  const profile = mkdtempSync(join(tmpdir(), 'vlm-blocked-'));
  mkdirSync(join(profile, 'Default'));
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(blocked));
  const executablePath = findChromium();
  const persistent = await chromium.launchPersistentContext(profile, {
    args: chromiumArgs({ webgpu: false }),
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const tab = await persistent.newPage();
    await tab.goto(server.url);
    const outcome = await tab.evaluate(() =>
      globalThis.downloads.download('embedded/mini-qwen2-vl', { embedded: true }),
    );
    expect(outcome).toMatchObject({ error: null, isHeld: true });
    expect(
      await tab.evaluate(() => globalThis.downloads.load('embedded/mini-qwen2-vl')),
    ).toBeGreaterThan(0);
  } finally {
    await persistent.close();
    rmSync(profile, { recursive: true, force: true });
  }
});
