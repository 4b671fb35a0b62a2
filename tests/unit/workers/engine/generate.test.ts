import type { DynamicCache, LogitsProcessorList, Tensor } from '@huggingface/transformers';
import { describe, expect, test, vi } from 'vitest';
import { DEFAULT_DECODE, SAMPLED } from '../../../../src/core/decode';
import { firstLogits, generate } from '../../../../workers/engine/generate';
import type { GenerativeModel, TextTokenizer } from '../../../../workers/engine/transformers';

const tokenizer = {
  decode: (ids: readonly number[]) => ids.join(' '),
  all_special_ids: [],
} as unknown as TextTokenizer;
const PROMPT = [3n, 4n];
/** onnxruntime's own tensors need onnxruntime, which is not there in Node. */
const ids = (values: readonly bigint[]) =>
  ({ data: BigInt64Array.from(values), dims: [1, values.length] }) as unknown as Tensor;
const inputs = { input_ids: ids(PROMPT), attention_mask: ids([1n, 1n]) };
const cacheOf = () => {
  const dispose = vi.fn(() => Promise.resolve());
  return { dispose, cache: { dispose } as unknown as DynamicCache };
};

/** Answers as `work` says, and keeps what it was called with. */
function modelOf(work: () => Promise<unknown>) {
  const calls: Record<string, unknown>[] = [];
  const model = {
    generate: (args: Record<string, unknown>) => {
      calls.push(args);
      return work();
    },
  } as unknown as GenerativeModel;
  return { model, calls };
}

const silent = () => undefined;
const request = { tokenizer, inputs, decode: DEFAULT_DECODE, onText: silent, clean: String };

describe('a cache', () => {
  test('is freed when the answer is there', async () => {
    const { cache, dispose } = cacheOf();
    const sequences = ids([...PROMPT, 9n, 8n]);
    const { model } = modelOf(() => Promise.resolve({ sequences, past_key_values: cache }));
    const { tokenIds } = await generate({ ...request, model, cache });
    expect(tokenIds).toEqual([9, 8]);
    expect(dispose).toHaveBeenCalledOnce();
  });

  test('is freed when the run fails', async () => {
    const [asked, checked] = [cacheOf(), cacheOf()];
    const { model } = modelOf(() => Promise.reject(new Error('non-zero status code')));
    await expect(generate({ ...request, model, cache: asked.cache })).rejects.toThrow('non-zero');
    await expect(firstLogits(model, inputs, checked.cache)).rejects.toThrow('non-zero');
    expect(asked.dispose).toHaveBeenCalledOnce();
    expect(checked.dispose).toHaveBeenCalledOnce();
  });
});

test('every decode setting reaches the library', async () => {
  const { cache } = cacheOf();
  const sequences = ids(PROMPT);
  const { model, calls } = modelOf(() => Promise.resolve({ sequences, past_key_values: cache }));
  const logitsAfter = async (decode: typeof DEFAULT_DECODE) => {
    await generate({ ...request, model, decode });
    const { logits_processor, ...args } = calls.at(-1)!;
    const data = Float32Array.from([1, 4, -2, 3, 3]);
    // The answer has said 1 and 2; 3 and 4 are the prompt's.
    (logits_processor as LogitsProcessorList)([[...PROMPT, 1n, 2n]] as never, { data });
    return { args, logits: [...data] };
  };
  const greedy = await logitsAfter({ ...DEFAULT_DECODE, maxNewTokens: 17 });
  expect(greedy.args).toMatchObject({ max_new_tokens: 17, do_sample: false });
  expect(greedy.logits).toEqual([1, 4, -2, 3, 3]);
  const penalised = await logitsAfter({ ...DEFAULT_DECODE, repetitionPenalty: 2 });
  expect(penalised.logits).toEqual([1, 2, -4, 3, 3]);
  const sampled = await logitsAfter({
    maxNewTokens: 8,
    sampling: { ...SAMPLED, seed: 1, temperature: 0.01 },
    repetitionPenalty: 8,
  });
  // Drawn after the penalty took the first place from 1.
  expect([3, 4]).toContain(sampled.logits.indexOf(0));
  expect(sampled.logits.filter((logit) => logit === -Infinity)).toHaveLength(4);
});
