import { CLAIM_KINDS, type ClaimKind, type Statement } from '../core/claims';
import { readClaims } from '../core/evidence/extract';
import { statementId } from '../core/evidence/weigh';

/** Something that is true of an image. What is not asked for is neither right nor wrong to say. */
export interface Fact extends Statement {
  readonly isAsked: boolean;
}

/** A claim as a text makes it; hedged ones weigh half. */
export interface ScoredClaim extends Statement {
  readonly weight: number;
}

/** Sums over claims of one kind in one image, from which micro precision, recall and F1 come. */
export interface Sums {
  readonly right: number;
  readonly said: number;
  readonly asked: number;
}

export type KindSums = Readonly<Record<ClaimKind, Sums>>;

const HEDGED = 0.5;

/** The claims of a text, each once: certain if it is so anywhere. */
export function claimsOf(text: string): ScoredClaim[] {
  const claims = new Map<string, ScoredClaim>();
  for (const { statement, certain } of readClaims(text)) {
    const id = statementId(statement);
    const weight = Math.max(certain ? 1 : HEDGED, claims.get(id)?.weight ?? 0);
    claims.set(id, { ...statement, weight });
  }
  return [...claims.values()];
}

/** Compares claims with the truth, kind by kind. */
export function score(claims: readonly ScoredClaim[], facts: readonly Fact[]): KindSums {
  const truth = new Map(facts.map((fact) => [statementId(fact), fact]));
  const sums = Object.fromEntries(
    CLAIM_KINDS.map((kind) => [
      kind,
      { right: 0, said: 0, asked: facts.filter((f) => f.kind === kind && f.isAsked).length },
    ]),
  ) as Record<ClaimKind, { right: number; said: number; asked: number }>;
  for (const claim of claims) {
    const fact = truth.get(statementId(claim));
    if (fact !== undefined && !fact.isAsked) continue;
    const kind = sums[claim.kind];
    kind.said += claim.weight;
    if (fact !== undefined) kind.right += claim.weight;
  }
  return sums;
}

/** Sums over all kinds, or over some. */
export function total(sums: KindSums, kinds: readonly ClaimKind[] = CLAIM_KINDS): Sums {
  return addUp(kinds.map((kind) => sums[kind]));
}

export function addUp(all: readonly Sums[]): Sums {
  return all.reduce(
    (sum, { right, said, asked }) => ({
      right: sum.right + right,
      said: sum.said + said,
      asked: sum.asked + asked,
    }),
    { right: 0, said: 0, asked: 0 },
  );
}

/** Harmonic mean of precision and recall, 0..1; 0 where nothing was said or asked. */
export function f1({ right, said, asked }: Sums): number {
  return said + asked === 0 ? 0 : (2 * right) / (said + asked);
}

export function precision({ right, said }: Sums): number {
  return said === 0 ? 0 : right / said;
}

export function recall({ right, asked }: Sums): number {
  return asked === 0 ? 0 : right / asked;
}
