import { chromium } from 'playwright';
import { chromiumArgs, findChromium } from '../../../scripts/chromium.mjs';
import { startBenchPage } from '../bench-page.mjs';
import { largestRenderer } from '../renderer-memory.mjs';
import { EMBEDDED, mb } from '../with-page.mjs';

export const name = 'peak memory at four prompts, against the plain loop';
export const bar = null;

/** Each side in a browser of its own: a process keeps its peak. @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ isQuick, log }) {
  const server = await startBenchPage();
  try {
    const rows = [];
    for (const { id, short } of isQuick ? EMBEDDED.slice(0, 1) : EMBEDDED) {
      const ours = await peakOf('ours', id, server.url);
      const plain = await peakOf('plain', id, server.url);
      log(`${short}: ours ${mb(ours)}, plain ${mb(plain)}`);
      rows.push({
        name: `${short}, P = 4: peak resident memory of the renderer, MB`,
        ours: ours / 1e6,
        baseline: plain / 1e6,
      });
    }
    return rows;
  } finally {
    await server.close();
  }
}

/** @param {'ours' | 'plain'} side @param {string} modelId @param {string} url */
async function peakOf(side, modelId, url) {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: chromiumArgs({ webgpu: false }),
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    const request = { modelId, prompts: 4, repeats: 3, threads: 1 };
    await page.evaluate(
      ([which, asked]) => globalThis.bench.oneSide(which, asked),
      /** @type {const} */ ([side, request]),
    );
    return (await largestRenderer(browser)).peakBytes;
  } finally {
    await browser.close();
  }
}
