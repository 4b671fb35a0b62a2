import type { ClaimKind } from '../core/claims';
import { statementId } from '../core/evidence/weigh';
import { claimsOf, type ScoredClaim } from './score';

const READING: ReadonlySet<ClaimKind> = new Set(['text', 'language', 'translation']);

/**
 * What more than half of the models claim, the plainest ensemble there is. Texts are voted on among the models that
 * read any.
 * @param texts all answers of each model, joined
 */
export function majorityClaims(texts: readonly string[]): ScoredClaim[] {
  const voices = texts.map(claimsOf);
  const readers = voices.filter((claims) => claims.some(({ kind }) => READING.has(kind))).length;
  const votes = new Map<string, { claim: ScoredClaim; count: number }>();
  for (const claim of voices.flat()) {
    const id = statementId(claim);
    votes.set(id, { claim: { ...claim, weight: 1 }, count: (votes.get(id)?.count ?? 0) + 1 });
  }
  return [...votes.values()]
    .filter(({ claim, count }) => count > (READING.has(claim.kind) ? readers : texts.length) / 2)
    .map(({ claim }) => claim);
}
