import { TextStreamer, type DynamicCache } from '@huggingface/transformers';
import type { DecodeSettings } from '../../src/core/decode';
import type { OnText } from '../../src/core/protocol';
import { penalty, processors, sampler, type LogitsWork } from './logits';
import type {
  GenerateArguments,
  GenerateResult,
  GenerativeModel,
  TensorInputs,
  TextTokenizer,
  TokenInputs,
} from './transformers';
import type { Turn } from './turn';

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
  /** What may end it early: the call is then to be failed by whoever interrupted it. */
  readonly turn?: Turn;
  /** From what the model said to what a person reads. */
  readonly clean: (text: string) => string;
  /** Tokens before the answer, where the prompt is not what precedes it. */
  readonly promptLength?: number;
  /** For families whose answers are written in special tokens. */
  readonly keepsSpecialTokens?: boolean;
}

/**
 * Repositories bring penalties for repetition, made for sampling, that count the prompt's words too: they would keep models from
 * naming what was asked for, and from counting. Encoders' answers are not touched: there the prompt does not count.
 */
const NO_PENALTIES = { repetition_penalty: 1, no_repeat_ngram_size: 0 };

/** One generation, streamed. Its cache is freed, whatever happens. */
export async function generate(request: GenerateRequest): Promise<Generated> {
  const { model, tokenizer, inputs, cache, decode, onText, clean, turn } = request;
  const skip_special_tokens = request.keepsSpecialTokens !== true;
  const started = performance.now();
  let streamed = '';
  const streamer = new TextStreamer(tokenizer as never, {
    skip_prompt: true,
    skip_special_tokens,
    callback_function: (piece) => {
      streamed += piece;
      if (turn?.criteria.interrupted === true) return;
      onText(clean(streamed).trimStart());
    },
  });
  const promptLength = request.promptLength ?? inputs.input_ids.dims.at(-1) ?? 0;
  const { sequences } = await generateAndFree(model, cache, {
    ...inputs,
    ...(request.promptLength === undefined ? NO_PENALTIES : {}),
    logits_processor: processors(...logitsWork(decode, promptLength)),
    ...(turn === undefined ? {} : { stopping_criteria: [turn.criteria] }),
    max_new_tokens: decode.maxNewTokens,
    do_sample: false,
    streamer,
  });
  const tokenIds = [...(sequences.data as BigInt64Array)].slice(promptLength).map(Number);
  return {
    // decode([]) throws in tokenizers.js
    text:
      tokenIds.length === 0
        ? ''
        : clean(tokenizer.decode(tokenIds, { skip_special_tokens })).trim(),
    tokenIds,
    generateMs: performance.now() - started,
    cutOff: tokenIds.length >= decode.maxNewTokens,
  };
}

/** Logits of the answer's first token, f32 [vocabulary]. */
export async function firstLogits(
  model: GenerativeModel,
  inputs: TokenInputs & TensorInputs,
  cache?: DynamicCache,
): Promise<Float32Array> {
  let first = new Float32Array();
  await generateAndFree(model, cache, {
    ...inputs,
    logits_processor: processors((logits) => {
      first = logits.slice();
    }),
    ...NO_PENALTIES,
    max_new_tokens: 1,
    do_sample: false,
  });
  return first;
}

/** From a cache, where there is one, or from nothing; what was cached is freed, also when the run fails. */
async function generateAndFree(
  model: GenerativeModel,
  cache: DynamicCache | undefined,
  args: GenerateArguments,
): Promise<GenerateResult> {
  let cached = cache;
  try {
    const result = await model.generate({
      ...args,
      ...(cache === undefined ? {} : { past_key_values: cache }),
      return_dict_in_generate: true,
    });
    cached = result.past_key_values;
    return result;
  } finally {
    await cached?.dispose();
  }
}

/** What is done to the logits before the likeliest token is taken. */
function logitsWork(
  { sampling, repetitionPenalty = 1 }: DecodeSettings,
  promptLength: number,
): LogitsWork[] {
  return [
    ...(repetitionPenalty > 1 ? [penalty(repetitionPenalty, promptLength)] : []),
    ...(sampling.kind === 'sampled' ? [sampler(sampling)] : []),
  ];
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
