import { startBenchPage } from './bench-page.mjs';

/** The models that come with the app, by their ids and by the names that the table has room for. */
export const EMBEDDED = [
  { id: 'embedded/mini-qwen2-vl', short: 'qwen' },
  { id: 'embedded/mini-phi3-v', short: 'phi' },
  { id: 'embedded/mini-moondream', short: 'moondream' },
];

/**
 * Work on the bench page, open and isolated.
 * @template T
 * @param {import('playwright').Page} page
 * @param {(url: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withBenchPage(page, work) {
  const server = await startBenchPage();
  try {
    await page.goto(server.url);
    return await work(server.url);
  } finally {
    await server.close();
  }
}

/** @param {number} ms */
export const ms = (ms) => `${ms.toFixed(ms < 20 ? 1 : 0)} ms`;
/** @param {number} bytes */
export const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
