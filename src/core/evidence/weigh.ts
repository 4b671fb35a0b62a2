import type { Claim, ClaimCheck, ClaimSource, ClaimStanding, Statement } from '../claims';
import { extractStatements } from './extract';

/** What one model answered to one prompt. */
export interface EvidenceText {
  readonly modelId: string;
  readonly promptId: string;
  readonly text: string;
}

/** A hedged statement supports a claim half as much as a plain one. */
const HEDGED_SUPPORT = 0.5;

export function statementId({ kind, subject, value }: Statement): string {
  return `${kind}:${subject}=${value.toLowerCase()}`;
}

/**
 * The claims of all descriptions, matched across models and weighed: the share of the models that make a
 * claim, hedged ones at half, averaged with the yes/no checks where there are any. Heaviest first.
 */
export function weighClaims(
  texts: readonly EvidenceText[],
  checks: readonly (ClaimCheck & { readonly claimId: string })[] = [],
): Claim[] {
  const modelCount = new Set(texts.map(({ modelId }) => modelId)).size;
  const groups = new Map<string, { statement: Statement; sources: ClaimSource[] }>();
  for (const { modelId, promptId, text } of texts) {
    for (const { statement, sentence, certain } of extractStatements(text)) {
      const id = statementId(statement);
      const group = groups.get(id) ?? { statement, sources: [] };
      group.sources.push({ modelId, promptId, sentence, certain });
      groups.set(id, group);
    }
  }
  const claims = [...groups].map(([id, { statement, sources }]) => {
    const own = checks.filter(({ claimId }) => claimId === id);
    const modelIds = [...new Set(sources.map(({ modelId }) => modelId))];
    return {
      id,
      ...statement,
      sources,
      modelIds,
      checks: own.map(({ modelId, yes }) => ({ modelId, yes })),
      weight: weightOf(sources, modelIds, own, modelCount),
    };
  });
  return claims
    .map((claim) => {
      const rivals = claims.filter((other) => contradict(claim, other));
      const standing = standingOf(claim, rivals);
      return { ...claim, standing, contradicts: rivals.map(({ id }) => id) };
    })
    .sort((a, b) => b.weight - a.weight || KIND_ORDER[a.kind] - KIND_ORDER[b.kind]);
}

/** Among equals the judge reads what is there before how many and where. */
const KIND_ORDER: Readonly<Record<Statement['kind'], number>> = {
  object: 0,
  count: 1,
  relation: 2,
  attribute: 3,
  action: 4,
  text: 5,
  language: 6,
  translation: 7,
  overall: 8,
};

function weightOf(
  sources: readonly ClaimSource[],
  modelIds: readonly string[],
  checks: readonly ClaimCheck[],
  modelCount: number,
): number {
  const support = modelIds.map((modelId) =>
    sources.some((source) => source.modelId === modelId && source.certain) ? 1 : HEDGED_SUPPORT,
  );
  const share = sum(support) / Math.max(1, modelCount);
  if (checks.length === 0) return share;
  return (share + sum(checks.map(({ yes }) => yes)) / checks.length) / 2;
}

type Weighed = Pick<Claim, 'id' | 'kind' | 'subject' | 'value' | 'modelIds' | 'weight'>;

/** Kinds of which one thing has one value: two counts, two places of one thing can't both be right. */
function contradict(a: Weighed, b: Weighed): boolean {
  if (a.id === b.id || a.kind !== b.kind || a.subject !== b.subject) return false;
  return (
    a.kind === 'count' || a.kind === 'relation' || a.kind === 'overall' || a.kind === 'language'
  );
}

function standingOf(claim: Weighed, rivals: readonly Weighed[]): ClaimStanding {
  const strongest = Math.max(0, ...rivals.map(({ weight }) => weight));
  if (claim.modelIds.length >= 2 && claim.weight > strongest) return 'agreed';
  return rivals.length > 0 ? 'disputed' : claim.modelIds.length >= 2 ? 'agreed' : 'single';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
