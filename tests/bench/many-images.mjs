import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** How many pictures a row adds; fewer for a quick look. */
export const MANY = Number(process.env.BENCH_IMAGES ?? 10_000);
/** What each picture has more than its 32 kB, in comments of 60 kB: memory is not to grow with them. */
const COMMENTS = Number(process.env.BENCH_COMMENTS ?? 0);
/** Pictures of the first visit. */
const SAMPLES = 3;
/** A task of the page's main thread that is longer than this is felt. */
const LONG_MS = 50;
const PHOTO = fileURLToPath(new URL('../../public/samples/chelsea.jpg', import.meta.url));

/**
 * A photograph of 451 x 300 px (about 32 kB) with a number in a comment: another file each time.
 * @returns {(number: number) => Buffer}
 */
export function numberedPhotos() {
  const jpeg = readFileSync(PHOTO);
  const length = Buffer.from([0xff, 0xfe, 60_000 >> 8, 60_000 & 0xff]);
  const padding = Buffer.concat(
    Array.from({ length: COMMENTS }, () => [length, Buffer.alloc(60_000 - 2)]).flat(),
  );
  return (number) => {
    const text = Buffer.from(String(number).padStart(8, '0'));
    // COM marker, its length with the two bytes of the length (ITU-T T.81, B.2.4.5).
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, text.length + 2]), text]);
    return Buffer.concat([jpeg.subarray(0, 2), comment, padding, jpeg.subarray(2)]);
  };
}

/**
 * Main-thread tasks while `work` goes on, from Chromium's own trace.
 * @param {import('playwright').Page} page
 * @param {() => Promise<void>} work
 */
export async function tasksDuring(page, work) {
  const client = await page.context().newCDPSession(page);
  /** @type {{ name: string, ph: string, dur?: number, pid: number, tid: number, args?: { name?: string } }[]} */
  const events = [];
  client.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) {
      const { name, ph } = event;
      const isTask = ph === 'X' && String(name).endsWith('RunTask');
      if (isTask || name === 'thread_name') events.push(/** @type {never} */ (event));
    }
  });
  await client.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['toplevel', '__metadata'],
      excludedCategories: ['*'],
      recordMode: 'recordContinuously',
    },
  });
  await work();
  const complete = new Promise((resolve) => client.once('Tracing.tracingComplete', resolve));
  await client.send('Tracing.end');
  await complete;
  await client.detach();
  const threads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${String(pid)}/${String(tid)}`),
  );
  const ms = events.flatMap(({ dur, pid, tid }) =>
    dur !== undefined && threads.has(`${String(pid)}/${String(tid)}`) ? [dur / 1000] : [],
  );
  const long = ms.filter((each) => each > LONG_MS);
  return {
    count: ms.length,
    longShare: long.length / Math.max(1, ms.length),
    long: long.length,
    worstMs: Math.max(0, ...long, ...ms.slice(0, 1000)),
  };
}

/** @param {import('playwright').Page} page @returns {Promise<number>} bytes of JavaScript and DOM */
export async function memoryBytes(page) {
  return page.evaluate(async () => {
    const measure =
      /** @type {{ measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }> }} */ (
        performance
      ).measureUserAgentSpecificMemory;
    return measure === undefined ? NaN : (await measure.call(performance)).bytes;
  });
}

/**
 * Adds the pictures and measures until the last of them is in the gallery.
 * @param {import('playwright').Page} page the app, open
 * @param {() => Promise<void>} bring starts it
 * @param {(line: string) => void} log
 */
export async function measureAdding(page, bring, log) {
  const heading = page.getByRole('heading', { level: 2, name: /pictures?$/u });
  /** The heading is away while the chooser of datasets stands there: then the samples alone are in the gallery. */
  const shown = async () =>
    (await heading.isVisible()) ? Number((await heading.innerText()).replace(/\D/gu, '')) : SAMPLES;
  const before = await shown();
  const idle = await tasksDuring(page, () => page.waitForTimeout(5000));
  const memoryBefore = await memoryBytes(page);
  let firstMs = NaN;
  let lastMs = NaN;
  const busy = await tasksDuring(page, async () => {
    const began = performance.now();
    await bring();
    while (Number.isNaN(lastMs)) {
      const count = (await shown()) - before;
      if (Number.isNaN(firstMs) && count > 0) firstMs = performance.now() - began;
      if (count >= MANY) lastMs = performance.now() - began;
      else if (performance.now() - began > 540_000) throw new Error(`only ${String(count)} came`);
      await page.waitForTimeout(Number.isNaN(firstMs) ? 20 : 500);
    }
  });
  const memoryAfter = await memoryBytes(page);
  const mb = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
  const percent = (/** @type {number} */ share) => `${(share * 100).toFixed(2)} %`;
  const detail = [
    `first ${(firstMs / 1000).toFixed(1)} s, last ${(lastMs / 1000).toFixed(0)} s`,
    `${String(busy.long)} of ${String(busy.count)} tasks over 50 ms, worst ${busy.worstMs.toFixed(0)} ms`,
    `idle ${percent(idle.longShare)}, worst ${idle.worstMs.toFixed(0)} ms`,
    `memory ${mb(memoryBefore)} to ${mb(memoryAfter)}`,
  ].join('; ');
  log(detail);
  // In per cent: at most one.
  return { ours: busy.longShare * 100, baseline: 1, ratio: busy.longShare * 100, detail };
}
