/** How the next token is taken from the logits. */
export type Sampling =
  | { readonly kind: 'greedy' }
  /** The same seed gives the same text. `temperature` above 0; of the likeliest tokens those that make up `topP`. */
  | {
      readonly kind: 'sampled';
      readonly seed: number;
      readonly temperature: number;
      readonly topP: number;
    };

/** How tokens are chosen. Part of a cell's key: other settings make another description. */
export interface DecodeSettings {
  readonly maxNewTokens: number;
  readonly sampling: Sampling;
  /** Makes tokens that the answer has already less likely, 1 and more (Keskar et al. 2019, arXiv:1909.05858); none where absent. */
  readonly repetitionPenalty?: number;
  /** Pictures with more pixels are made smaller before a model sees them; as each family does where absent. */
  readonly maxImagePixels?: number;
}

export const DEFAULT_DECODE: DecodeSettings = { maxNewTokens: 160, sampling: { kind: 'greedy' } };

/** For an answer that is to be another one. Holtzman et al. 2019 draw from 0.95 of the mass. */
export const SAMPLED = { kind: 'sampled', temperature: 0.8, topP: 0.95 } as const;

/** For the second try at an answer that was a loop: enough to leave it, too little to keep a word from being said twice. */
const RETRY_PENALTY = 1.3;

/** The settings of a second try at a degenerate answer, which is kept under the key of the first. */
export function withPenalty(decode: DecodeSettings): DecodeSettings {
  return {
    ...decode,
    repetitionPenalty: Math.max(RETRY_PENALTY, decode.repetitionPenalty ?? 1),
  };
}

/** What is absent is not in it, so that keys of earlier versions stay as they are. */
export function decodeKey(decode: DecodeSettings): string {
  const { maxNewTokens, sampling, repetitionPenalty, maxImagePixels } = decode;
  const how =
    sampling.kind === 'greedy'
      ? 'greedy'
      : `sampled-${String(sampling.seed)}-${String(sampling.temperature)}-${String(sampling.topP)}`;
  return [
    `${String(maxNewTokens)}-${how}`,
    ...(repetitionPenalty === undefined ? [] : [`penalty-${String(repetitionPenalty)}`]),
    ...(maxImagePixels === undefined ? [] : [`pixels-${String(maxImagePixels)}`]),
  ].join('-');
}
