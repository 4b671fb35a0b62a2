import type { DecodeSettings } from './decode';

/** What decides how much memory a model works in, beside its weights. Numbers, not bytes: precision comes later. */
export interface WorkingShape {
  /** In the KV cache, a token: keys and values of all layers. */
  readonly cachePerToken: number;
  /** Tokens that a picture becomes, at most. */
  readonly imageTokens: number;
  /** Attention scores of a head of the image encoder, patches x patches, of all pieces of a picture: kernels hold one at a time. */
  readonly encoderScores: number;
  /** Where the picture's size decides: pixels that both are for. A smaller limit makes them fewer. */
  readonly imagePixels?: number;
}

/** A prompt with its template; nearly all are shorter. */
const PROMPT_TOKENS = 256;
/** The picture's cache, and the fork of it that a prompt goes on with. */
const CACHES = 2;
/** Scores, and their softmax. */
const SCORES = 2;

/** Bytes that a model works in beside its weights, about. @param bytesPerNumber 4, or 2 for half floats */
export function workingBytes(
  shape: WorkingShape | undefined,
  {
    maxNewTokens,
    maxImagePixels = Infinity,
  }: Pick<DecodeSettings, 'maxNewTokens' | 'maxImagePixels'>,
  bytesPerNumber: number,
): number {
  if (shape === undefined) return 0;
  const { cachePerToken, imageTokens, encoderScores, imagePixels } = shape;
  const part = imagePixels === undefined ? 1 : Math.min(1, maxImagePixels / imagePixels);
  const tokens = part * imageTokens + PROMPT_TOKENS + maxNewTokens;
  const numbers = CACHES * tokens * cachePerToken + SCORES * part * part * encoderScores;
  return Math.ceil(numbers * bytesPerNumber);
}
