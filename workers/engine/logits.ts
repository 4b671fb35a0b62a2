import { LogitsProcessor, LogitsProcessorList, type Tensor } from '@huggingface/transformers';
import type { Sampling } from '../../src/core/decode';
import { seededRandom } from '../../src/core/random';
import type { TextTokenizer } from './transformers';

type Logits = Pick<Tensor, 'dims'> & { readonly data: Float32Array };

/** What the library asks of a processor: it may read the logits [1, vocabulary] and change them in place. */
class Processor extends LogitsProcessor {
  readonly #work: LogitsWork;

  constructor(work: LogitsWork) {
    super();
    this.#work = work;
  }

  override _call([ids = []]: bigint[][], logits: Tensor): Tensor {
    this.#work((logits as unknown as Logits).data, ids);
    return logits;
  }
}

/** Changes the logits of the next token in place. @param ids the prompt's tokens and the answer's so far */
export type LogitsWork = (logits: Float32Array, ids: readonly bigint[]) => void;

export function processors(...work: LogitsWork[]): LogitsProcessorList {
  const list = new LogitsProcessorList();
  for (const each of work) list.push(new Processor(each));
  return list;
}

/**
 * Draws each token with a seeded generator (the library's own sampler takes `Math.random`): the drawn one is
 * left as the only choice for greedy decoding. Nucleus sampling: Holtzman et al. 2019, arXiv:1904.09751.
 */
export function sampler(sampling: Sampling & { readonly kind: 'sampled' }) {
  const random = seededRandom(sampling.seed);
  return (logits: Float32Array): void => {
    const chosen = drawToken(logits, sampling, random());
    logits.fill(-Infinity);
    logits[chosen] = 0;
  };
}

/**
 * Makes tokens less likely that the answer has already. The prompt's do not count, as they do in the library's own penalty: a
 * model must be able to name what it was asked about. @param promptLength tokens before the answer
 */
export function penalty(factor: number, promptLength: number): LogitsWork {
  return (logits, ids) => {
    for (const id of new Set(ids.slice(promptLength))) {
      const logit = logits[Number(id)] ?? 0;
      logits[Number(id)] = logit < 0 ? logit * factor : logit / factor;
    }
  };
}

/** The token at `lot` (0..1) among those that make up `topP`, likeliest first. */
export function drawToken(
  logits: Float32Array,
  { temperature, topP }: { readonly temperature: number; readonly topP: number },
  lot: number,
): number {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const weights = Array.from(logits, (logit, id) => ({
    id,
    weight: Math.exp((logit - largest) / temperature),
  }))
    // Beyond that nothing is ever drawn, and sorting a whole vocabulary costs more than the model.
    .filter(({ weight }) => weight > 1e-6)
    .sort((a, b) => b.weight - a.weight);
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  let kept = 0;
  const nucleus = weights.filter(({ weight }) => {
    const isIn = kept < topP * total;
    kept += weight;
    return isIn;
  });
  let left = lot * nucleus.reduce((sum, { weight }) => sum + weight, 0);
  return (nucleus.find(({ weight }) => (left -= weight) < 0) ?? nucleus.at(-1))?.id ?? 0;
}

/** Ids of the tokens with which an answer of yes or no begins. */
export interface YesNoTokens {
  readonly yes: readonly number[];
  readonly no: readonly number[];
}

/** Every spelling that is one token: models differ in case and in the space before it. */
export function yesNoTokens(tokenizer: TextTokenizer): YesNoTokens {
  const ids = (word: string) =>
    [word, ` ${word}`, word.toLowerCase(), ` ${word.toLowerCase()}`].flatMap((text) => {
      const found = tokenizer(text, { add_special_tokens: false }).input_ids.data as BigInt64Array;
      return found.length === 1 ? [Number(found[0])] : [];
    });
  return { yes: [...new Set(ids('Yes'))], no: [...new Set(ids('No'))] };
}

/** Probability of "yes" among yes and no, 0..1. @param logits of the answer's first token */
export function yesProbability(logits: Float32Array, { yes, no }: YesNoTokens): number {
  const of = (ids: readonly number[]) => ids.map((id) => logits[id] ?? -Infinity);
  const largest = Math.max(...of(yes), ...of(no));
  const mass = (ids: readonly number[]) =>
    of(ids).reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
  const [forIt, against] = [mass(yes), mass(no)];
  return forIt / (forIt + against);
}
