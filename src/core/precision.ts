/** What the weights are to be computed in, where a model has them so; `auto`: what its spec says for the device. */
export const PRECISION_CHOICES = ['auto', 'fp32', 'fp16', 'q8', 'q4', 'q4f16'] as const;
export type PrecisionChoice = (typeof PRECISION_CHOICES)[number];

/** Precisions, in the names of transformers.js, that compute in half floats: WebGPU then needs `shader-f16`. */
export function isHalfFloat(precision: string): boolean {
  return precision.endsWith('f16') || precision === 'fp16';
}

/** Weights of four bits and fewer. On WASM they decode 6 to 11 times slower than 8 bits or fp32. */
export function isFourBit(precision: string): boolean {
  return /^(?:q|bnb)[124]/u.test(precision);
}
