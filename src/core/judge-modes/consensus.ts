import type { Claim, ClaimKind } from '../claims';

/** Not every model is asked for text, and few can read: they are counted among themselves. */
const READING: ReadonlySet<ClaimKind> = new Set(['text', 'language', 'translation']);

/**
 * What at least half of the models say, of two both: no model decides anything. The weight of a claim is then the share of the
 * models that make it, so that of two things that exclude each other the more frequent one is told.
 * @param modelIds those that described the image
 */
export function consensusClaims(claims: readonly Claim[], modelIds: readonly string[]): Claim[] {
  const voices = new Set(modelIds).size;
  const readers = new Set(
    claims.filter(({ kind }) => READING.has(kind)).flatMap((claim) => claim.modelIds),
  ).size;
  return claims.flatMap((claim) => {
    const all = READING.has(claim.kind) ? readers : voices;
    const count = claim.modelIds.length;
    if (count < Math.min(all, Math.max(2, all / 2))) return [];
    // Half of them make it likely, all of them certain.
    return [{ ...claim, weight: 0.5 + count / all / 2 }];
  });
}
