import { EMBEDDED, withBenchPage } from '../with-page.mjs';
import { rowsOf } from './prefix-reuse.mjs';

export const name = 'prefix reuse on WebGPU, four prompts of eight tokens, against the plain loop';
export const bar = null;
export const webgpu = true;

const PROMPTS = 4;
const NEW_TOKENS = 8;

/** Few tokens and rounds: without a graphics card WebGPU is emulated on the CPU.
 * @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ page, isQuick, log }) {
  return withBenchPage(page, async () => {
    /** @type {import('../../../scripts/bench-rows.mjs').Measured[]} */
    const rows = [];
    for (const { id, short } of isQuick ? EMBEDDED.slice(0, 1) : EMBEDDED) {
      const found = await page.evaluate(
        (asked) => globalThis.bench.prefixReuse(asked),
        /** @type {const} */ ({
          modelId: id,
          prompts: PROMPTS,
          repeats: 1,
          threads: 1,
          device: 'webgpu',
          maxNewTokens: NEW_TOKENS,
        }),
      );
      const own = rowsOf(`${short}, WebGPU`, PROMPTS, found);
      for (const { name: of, ours, baseline, detail = '' } of own)
        log(`${of}: ${String(ours)} / ${String(baseline)}; ${detail}`);
      rows.push(...own);
    }
    return rows;
  });
}
