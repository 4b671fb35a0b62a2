/** The decoder alone, on one row and on several at once: is a batch of pictures or prompts faster than one after the other? */
import { Tensor } from '@huggingface/transformers';
import { answerMessages } from './answer-messages';
import type { BatchRequest, BatchTimes } from './batch';
import { loadVision } from './load-vision';

interface Session {
  readonly inputNames: readonly string[];
  run(feeds: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, OrtTensor>>>;
}

interface OrtTensor {
  readonly dims: readonly number[];
}

interface TextConfig {
  readonly hidden_size: number;
  readonly num_attention_heads: number;
  readonly num_key_value_heads?: number;
}

const PREFIX = 64;

async function measure({ modelId, sizes, repeats }: BatchRequest): Promise<BatchTimes[]> {
  const { model } = await loadVision(modelId);
  const { sessions, config } = model as unknown as {
    readonly sessions: Readonly<Record<string, Session>>;
    readonly config: TextConfig & { readonly phi_config?: TextConfig };
  };
  const decoder = sessions.decoder_model_merged ?? sessions.model;
  if (decoder === undefined) throw new Error(Object.keys(sessions).join());
  const found: BatchTimes[] = [];
  for (const rows of sizes) {
    const feeds = feedsOf(decoder, config.phi_config ?? config, modelId.includes('qwen'));
    const prefills: number[] = [];
    const tokens: number[] = [];
    for (let round = 0; round < repeats; round += 1) {
      let started = performance.now();
      const outputs = await decoder.run(feeds(rows, PREFIX));
      prefills.push(performance.now() - started);
      const next = feeds(rows, 1, outputs);
      started = performance.now();
      await decoder.run(next);
      tokens.push(performance.now() - started);
    }
    found.push({
      rows,
      prefillMs: Math.min(...prefills) / rows,
      tokenMs: Math.min(...tokens) / rows,
    });
  }
  return found;
}

/** Inputs of `length` tokens in each row, after what an earlier run gave out. Their values do not matter for time. */
function feedsOf({ inputNames }: Session, config: TextConfig, hasGrid: boolean) {
  const { hidden_size: width, num_attention_heads: all } = config;
  const heads = config.num_key_value_heads ?? all;
  return (rows: number, length: number, past?: Readonly<Record<string, OrtTensor>>) => {
    const from = past === undefined ? 0 : PREFIX;
    const int64 = (values: readonly number[], dims: readonly number[]) =>
      new Tensor('int64', BigInt64Array.from(values, BigInt), [...dims]).ort_tensor as unknown;
    const float = (dims: readonly number[]) => {
      const size = dims.reduce((product, dim) => product * dim, 1);
      return new Tensor('float32', new Float32Array(size).fill(0.01), [...dims])
        .ort_tensor as unknown;
    };
    const positions = Array.from({ length: rows * length }, (_, index) => from + (index % length));
    const make = (name: string): unknown => {
      if (name === 'inputs_embeds') return float([rows, length, width]);
      if (name === 'attention_mask')
        return int64(new Array<number>(rows * (from + length)).fill(1), [rows, from + length]);
      if (name === 'position_ids')
        return hasGrid
          ? int64([...positions, ...positions, ...positions], [3, rows, length])
          : int64(positions, [rows, length]);
      if (name === 'num_logits_to_keep') return int64([1], []);
      return (
        past?.[name.replace('past_key_values', 'present')] ?? float([rows, heads, 0, width / all])
      );
    };
    return Object.fromEntries(inputNames.map((name) => [name, make(name)]));
  };
}

answerMessages(measure);
