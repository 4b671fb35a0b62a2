import { startBenchPage } from '../bench-page.mjs';

export const name = 'whole time, 4 prompts on one image, against the plain loop (WASM, 1 thread)';
export const bar = 1.05;

/** @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ page, log }) {
  const server = await startBenchPage();
  try {
    await page.goto(server.url);
    const request = { modelId: 'embedded/mini-qwen2-vl', prompts: 4, repeats: 5, threads: 1 };
    const samples = await page.evaluate(
      (argument) => globalThis.bench.promptsOnOneImage(argument),
      request,
    );
    for (const { oursMs, plainMs, lookMs } of samples) {
      log(
        `ours ${oursMs.toFixed(0)} ms (look ${lookMs.toFixed(0)} ms), plain ${plainMs.toFixed(0)} ms`,
      );
    }
    return {
      ours: samples.map(({ oursMs }) => oursMs),
      baseline: samples.map(({ plainMs }) => plainMs),
      detail: samples.every(({ sameText }) => sameText) ? 'same text' : 'texts differ',
    };
  } finally {
    await server.close();
  }
}
