/** How tokens are chosen. Part of a cell's key: other settings make another description. */
export interface DecodeSettings {
  readonly maxNewTokens: number;
  readonly sampling: { readonly kind: 'greedy' };
}

export const DEFAULT_DECODE: DecodeSettings = { maxNewTokens: 160, sampling: { kind: 'greedy' } };

export function decodeKey({ maxNewTokens, sampling }: DecodeSettings): string {
  return `${String(maxNewTokens)}-${sampling.kind}`;
}
