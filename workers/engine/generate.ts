import { TextStreamer, type DynamicCache } from '@huggingface/transformers';
import type { DecodeSettings } from '../../src/core/decode';
import type { OnText } from '../../src/core/protocol';
import { processors, sampler } from './logits';
import type { GenerativeModel, TensorInputs, TextTokenizer, TokenInputs } from './transformers';

export interface Generated {
  readonly text: string;
  readonly tokenIds: readonly number[];
  readonly generateMs: number;
  /** True when `maxNewTokens` ended it, not the model. */
  readonly cutOff: boolean;
}

export interface GenerateRequest {
  readonly model: GenerativeModel;
  readonly tokenizer: TextTokenizer;
  /** The whole prompt; with a cache, the tokens the cache covers stay in it. */
  readonly inputs: TokenInputs & TensorInputs;
  readonly cache?: DynamicCache;
  readonly decode: DecodeSettings;
  readonly onText: OnText;
}

/** One generation, streamed. The cache made for it is freed, whatever happens. */
export async function generate(request: GenerateRequest): Promise<Generated> {
  const { model, tokenizer, inputs, cache, decode, onText } = request;
  const started = performance.now();
  let streamed = '';
  const streamer = new TextStreamer(tokenizer as never, {
    skip_prompt: true,
    skip_special_tokens: true,
    callback_function: (piece) => {
      streamed += piece;
      onText(streamed.trimStart());
    },
  });
  const { sequences, past_key_values } = await model.generate({
    ...inputs,
    ...(cache === undefined ? {} : { past_key_values: cache }),
    ...(decode.sampling.kind === 'sampled'
      ? { logits_processor: processors(sampler(decode.sampling)) }
      : {}),
    max_new_tokens: decode.maxNewTokens,
    do_sample: false,
    return_dict_in_generate: true,
    streamer,
  });
  await past_key_values.dispose();
  const promptLength = inputs.input_ids.dims.at(-1) ?? 0;
  const tokenIds = [...(sequences.data as BigInt64Array)].slice(promptLength).map(Number);
  return {
    // decode([]) throws in tokenizers.js
    text:
      tokenIds.length === 0 ? '' : tokenizer.decode(tokenIds, { skip_special_tokens: true }).trim(),
    tokenIds,
    generateMs: performance.now() - started,
    cutOff: tokenIds.length >= decode.maxNewTokens,
  };
}

/** Logits of the answer's first token, f32 [vocabulary]. */
export async function firstLogits(
  model: GenerativeModel,
  inputs: TokenInputs & TensorInputs,
  cache: DynamicCache,
): Promise<Float32Array> {
  let first = new Float32Array();
  const { past_key_values } = await model.generate({
    ...inputs,
    past_key_values: cache,
    logits_processor: processors((logits) => {
      first = logits.slice();
    }),
    max_new_tokens: 1,
    do_sample: false,
    return_dict_in_generate: true,
  });
  await past_key_values.dispose();
  return first;
}

/** Runs the prompt's first tokens once and keeps their KV cache: `forkPrefix` continues from it. */
export async function prefill(
  model: GenerativeModel,
  inputs: TokenInputs & TensorInputs,
): Promise<DynamicCache> {
  const { past_key_values } = await model.generate({
    ...inputs,
    max_new_tokens: 1,
    do_sample: false,
    return_dict_in_generate: true,
  });
  return past_key_values;
}
