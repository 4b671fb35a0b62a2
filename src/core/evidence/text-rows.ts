import type { Claim } from '../claims';
import type { TextRow } from '../verdict';

/** The text that the models read in the picture, one row a wording, with who read it. */
export function textRows(claims: readonly Claim[]): TextRow[] {
  return claims
    .filter(({ kind }) => kind === 'text')
    .map(({ value, modelIds }) => ({ original: value, english: '', language: '', modelIds }));
}
