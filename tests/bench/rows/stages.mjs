import { startBenchPage } from '../bench-page.mjs';
import { median } from '../../../scripts/bench-rows.mjs';

export const name = 'a second prompt on an image, against the first (WASM, 1 thread, three models)';
export const bar = null;

const MODELS = ['mini-qwen2-vl', 'mini-phi3-v', 'mini-moondream'];
/** @type {readonly (keyof import('../page/stages').Stages)[]} */
const STAGES = [
  'preprocessMs',
  'encodeMs',
  'prefixPrefillMs',
  'questionPrefillMs',
  'tokenMs',
  'tokens',
];

/** Where the time of a description goes, and what of it the second prompt saves.
 * @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ page, log }) {
  const server = await startBenchPage();
  try {
    await page.goto(server.url);
    let ours = 0;
    let baseline = 0;
    for (const model of MODELS) {
      const samples = await page.evaluate((id) => globalThis.bench.stages(id), `embedded/${model}`);
      const of = Object.fromEntries(
        STAGES.map((stage) => [stage, median(samples.map((sample) => sample[stage]))]),
      );
      const [preprocess = 0, encode = 0, prefix = 0, question = 0, token = 0, tokens = 0] =
        STAGES.map((stage) => of[stage]);
      log(
        `${model}: preprocessing ${preprocess.toFixed(1)} ms, encoding ${encode.toFixed(1)} ms, ` +
          `prefill of the picture ${prefix.toFixed(1)} ms, of the question ${question.toFixed(1)} ms, ` +
          `${token.toFixed(2)} ms a token (${String(tokens)} tokens)`,
      );
      const again = question + token * (tokens - 1);
      ours += again;
      baseline += preprocess + encode + prefix + again;
    }
    return { ours, baseline };
  } finally {
    await server.close();
  }
}
