import { median } from '../../../scripts/bench-rows.mjs';
import { EMBEDDED, ms, withBenchPage } from '../with-page.mjs';

export const name = 'prefix reuse, P prompts on one image, against the plain loop (WASM, 1 thread)';
export const bar = null;

const PROMPTS = [1, 2, 4, 8];
/** Of encode + prefill at four prompts, beside the share of the suffixes. */
const FOUR_PROMPTS_BAR = 0.35;
const ONE_PROMPT_BAR = 1.05;

/** @typedef {import('../page/prefix-reuse').ReuseRun} ReuseRun */

/** @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ page, isQuick, log }) {
  return withBenchPage(page, async () => {
    /** @type {import('../../../scripts/bench-rows.mjs').Measured[]} */
    const rows = [];
    for (const model of EMBEDDED) {
      for (const prompts of PROMPTS) {
        // Pairs of one prompt are short, and theirs is the narrowest bar.
        const repeats = isQuick ? 1 : prompts === 1 ? 11 : 5;
        const request = { modelId: model.id, prompts, repeats, threads: 1 };
        const found = await page.evaluate((asked) => globalThis.bench.prefixReuse(asked), request);
        rows.push(...rowsOf(model.short, prompts, found));
        // One by one, so that what follows can't take it away.
        for (const { name: of, ratio = NaN, ours, baseline, detail = '' } of rows.slice(-3)) {
          const [mine, theirs] = [median(ours), median(baseline)].map((each) => each.toFixed(0));
          const share = Number.isNaN(ratio) ? median(ours) / median(baseline) : ratio;
          log(`${of}: ${mine ?? ''} / ${theirs ?? ''}, ${share.toFixed(3)}; ${detail}`);
        }
      }
      rows.push(await tokensRow(page, model, isQuick ? 2 : 8));
    }
    return rows;
  });
}

/**
 * @param {string} model
 * @param {number} prompts
 * @param {ReuseRun} run
 * @returns {import('../../../scripts/bench-rows.mjs').Measured[]}
 */
export function rowsOf(model, prompts, { ours, plain, pairs, isSameText }) {
  const of = `${model}, P = ${String(prompts)}`;
  const runs = [ours.encode.runs, ours.prefill.runs, ours.suffix.runs];
  const wanted = [1, 1, prompts];
  const before = ours.encode.ms + ours.prefill.ms + ours.suffix.ms;
  const plainBefore = plain.encode.ms + plain.prefill.ms;
  const suffixShare = ours.suffix.ms / plainBefore;
  const ratios = pairs.map(({ oursMs, plainMs }) => oursMs / plainMs);
  return [
    {
      name: `${of}: encodes, prefills, suffixes are 1, 1, P`,
      ours: runs.filter((count, index) => count !== wanted[index]).length,
      baseline: 1,
      ratio: runs.filter((count, index) => count !== wanted[index]).length,
      bar: 0,
      detail: `${runs.join(', ')}; the plain loop's ${String(plain.encode.runs)}, ${String(plain.prefill.runs)}, ${String(plain.suffix.runs)}`,
    },
    {
      name: `${of}: encode + prefill, ms`,
      ours: before,
      baseline: plainBefore,
      bar: prompts === 4 ? Number((FOUR_PROMPTS_BAR + suffixShare).toFixed(3)) : null,
      detail: `encode ${ms(ours.encode.ms)}, prefix ${ms(ours.prefill.ms)}, suffixes ${ms(ours.suffix.ms)} (${suffixShare.toFixed(3)})`,
    },
    {
      name: `${of}: whole run, ms (ratio: median of pairs)`,
      ours: pairs.map(({ oursMs }) => oursMs),
      baseline: pairs.map(({ plainMs }) => plainMs),
      ratio: median(ratios),
      bar: prompts === 1 ? ONE_PROMPT_BAR : null,
      detail: `pairs ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}; ${isSameText ? 'same text' : 'texts differ: pictures are fitted differently'}`,
    },
  ];
}

/**
 * The same questions from the kept prefix and from nothing, in our own worker.
 * @param {import('playwright').Page} page
 * @param {typeof EMBEDDED[number]} model
 * @param {number} prompts
 */
async function tokensRow(page, { id, short }, prompts) {
  const { answers } = await page.evaluate(
    ([modelId, count]) => globalThis.bench.reuse(modelId, { prompts: count }),
    /** @type {const} */ ([id, prompts]),
  );
  const other = answers.filter(({ reused, anew }) => reused.join() !== anew.join()).length;
  const tokens = answers.reduce((sum, { anew }) => sum + anew.length, 0);
  return {
    name: `${short}: answers whose tokens differ with and without reuse`,
    ours: other,
    baseline: answers.length,
    bar: 0,
    detail: `${String(tokens)} tokens`,
  };
}
