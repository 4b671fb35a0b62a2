/** The same question answered from a fork of the picture's cached prefix, and from nothing: the tokens of both. */
import type { DynamicCache, Tensor } from '@huggingface/transformers';
import { DEFAULT_DECODE } from '../../../src/core/decode';
import { generate } from '../../../workers/engine/generate';
import { forkPrefix } from '../../../workers/engine/prefix-cache';
import type { TensorInputs, TokenInputs } from '../../../workers/engine/transformers';
import { answerMessages } from './answer-messages';
import { loadVision, prefixOf, preprocess } from './load-vision';
import type { ReuseReport, ReuseRequest } from './reuse';

const silent = (): void => undefined;

async function answer(request: ReuseRequest): Promise<ReuseReport> {
  const { modelId, device, image, questions, maxNewTokens, onlyLast } = request;
  const loaded = await loadVision(modelId, device);
  const decode = { ...DEFAULT_DECODE, maxNewTokens };
  const { model, tokenizer, clean } = loaded;
  const seen = await preprocess(loaded, image);
  const tokens = async (
    inputs: TokenInputs & TensorInputs,
    cache?: ReturnType<typeof forkPrefix>,
  ) => {
    const start = { model, tokenizer, clean, inputs, decode, onText: silent };
    return (await generate(cache === undefined ? start : { ...start, cache })).tokenIds;
  };
  const prefix = await prefixOf(loaded, seen);
  const answers = [];
  for (const question of questions) {
    const inputs = { ...loaded.prompt(question, seen), ...seen.always };
    const reused = await tokens(inputs, forkPrefix(prefix));
    if (onlyLast && question !== questions.at(-1)) continue;
    answers.push({ reused, anew: await tokens({ ...inputs, ...seen.vision }) });
  }
  return { cachedOn: placesOf(prefix), answers };
}

function placesOf(cache: DynamicCache): string[] {
  const tensors = Object.values(cache as unknown as Record<string, Tensor>);
  return [...new Set(tensors.map(({ location }) => location))];
}

answerMessages(answer);
