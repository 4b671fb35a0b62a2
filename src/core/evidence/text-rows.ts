import type { Claim, ClaimKind } from '../claims';
import type { TextRow } from '../verdict';

/** The text that the models read in the picture, one row a wording, with its meaning and who read it. */
export function textRows(claims: readonly Claim[]): TextRow[] {
  return claims
    .filter(({ kind }) => kind === 'text')
    .map((text) => ({
      original: text.value,
      english: saidOf(text, 'translation', claims),
      language: saidOf(text, 'language', claims),
      modelIds: text.modelIds,
    }));
}

/** The heaviest claim of a kind by a model that read this very wording; empty where there is none. */
function saidOf(text: Claim, kind: ClaimKind, claims: readonly Claim[]): string {
  const said = claims.filter(
    (claim) =>
      claim.kind === kind &&
      claim.subject === text.subject &&
      claim.modelIds.some((id) => text.modelIds.includes(id)),
  );
  return said.toSorted((a, b) => b.weight - a.weight)[0]?.value ?? '';
}
