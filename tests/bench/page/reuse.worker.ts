/** The same question answered from a fork of the picture's cached prefix, and from nothing: the tokens of both. */
import { DEFAULT_DECODE } from '../../../src/core/decode';
import { modelById } from '../../../src/models/registry';
import { generate, prefill } from '../../../workers/engine/generate';
import { squarePicture } from '../../../workers/engine/picture';
import { forkPrefix } from '../../../workers/engine/prefix-cache';
import { configureRuntime } from '../../../workers/engine/runtime';
import type { TensorInputs, TokenInputs } from '../../../workers/engine/transformers';
import { VISION_FAMILIES } from '../../../workers/families/registry';
import type { ReuseReport, ReuseRequest } from './reuse';

const silent = (): void => undefined;

async function answer({ modelId, image, questions }: ReuseRequest): Promise<ReuseReport> {
  const spec = modelById(modelId);
  if (spec === undefined || spec.family === 'llama') throw new Error(`${modelId} does not see`);
  const { revision, precision } = spec;
  configureRuntime({ modelId, revision }, 'wasm', 1);
  const loaded = await VISION_FAMILIES[spec.family].load({
    modelId,
    revision,
    precision,
    device: 'wasm',
  });
  const { model, tokenizer } = loaded;
  const seen = await loaded.prepare(await squarePicture(image, loaded.squarePx));
  const tokens = async (
    inputs: TokenInputs & TensorInputs,
    cache?: ReturnType<typeof forkPrefix>,
  ) => {
    const start = { model, tokenizer, inputs, decode: DEFAULT_DECODE, onText: silent };
    return (await generate(cache === undefined ? start : { ...start, cache })).tokenIds;
  };
  const blank = loaded.prompt('', seen);
  const length = loaded.prefixLength(blank);
  const prefix = await prefill(model, {
    input_ids: blank.input_ids.slice(null, [0, length]),
    attention_mask: blank.attention_mask.slice(null, [0, length]),
    ...seen.vision,
    ...seen.always,
  });
  const answers = [];
  for (const question of questions) {
    const inputs = { ...loaded.prompt(question, seen), ...seen.always };
    answers.push({
      reused: await tokens(inputs, forkPrefix(prefix)),
      anew: await tokens({ ...inputs, ...seen.vision }),
    });
  }
  return answers;
}

self.addEventListener('message', ({ data }: MessageEvent<ReuseRequest>) => {
  answer(data).then(
    (report) => self.postMessage(report),
    (error: unknown) => self.postMessage({ error: String(error) }),
  );
});
