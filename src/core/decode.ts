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
}

export const DEFAULT_DECODE: DecodeSettings = { maxNewTokens: 160, sampling: { kind: 'greedy' } };

/** For an answer that is to be another one. Holtzman et al. 2019 draw from 0.95 of the mass. */
export const SAMPLED = { kind: 'sampled', temperature: 0.8, topP: 0.95 } as const;

export function decodeKey({ maxNewTokens, sampling }: DecodeSettings): string {
  const how =
    sampling.kind === 'greedy'
      ? 'greedy'
      : `sampled-${String(sampling.seed)}-${String(sampling.temperature)}-${String(sampling.topP)}`;
  return `${String(maxNewTokens)}-${how}`;
}
