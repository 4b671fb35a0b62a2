import type { CheckedClaim, Claim, ClaimSource, ClaimStanding, Statement } from '../claims';
import {
  evidenceOf,
  fromLogOdds,
  type Absent,
  type ModelCalibration,
  type Stance,
} from './calibration';
import { readClaims } from './extract';
import { BACKGROUND_KINDS, SIZES } from './words';

/** What one model answered to one prompt. */
export interface EvidenceText {
  readonly modelId: string;
  readonly promptId: string;
  readonly text: string;
}

export type Calibrations = Readonly<Record<string, ModelCalibration>>;

export function statementId({ kind, subject, value }: Statement): string {
  return `${kind}:${subject}=${value.toLowerCase()}`;
}

/** A claim before it is weighed. */
export interface Said extends Statement {
  readonly id: string;
  readonly sources: readonly ClaimSource[];
  readonly modelIds: readonly string[];
}

/**
 * The claims of all descriptions, matched across models and weighed: the evidence of every model's stance
 * and of its answer when asked, added up (`calibration.ts`). Heaviest first.
 */
export function weighClaims(
  texts: readonly EvidenceText[],
  checks: readonly CheckedClaim[] = [],
  calibrations: Calibrations = {},
): Claim[] {
  const modelIds = [...new Set(texts.map(({ modelId }) => modelId))];
  const said = saidClaims(texts);
  const assurances = new Map(modelIds.map((id) => [id, assuranceOf(id, said, checks)]));
  const claims = said.map((claim) => {
    const own = checks.filter(({ claimId }) => claimId === claim.id);
    const evidence = modelIds.map((modelId) => {
      const check = own.find((each) => each.modelId === modelId);
      const assurance = assurances.get(modelId) ?? UNKNOWN;
      const answer = check === undefined ? undefined : { yes: check.yes, assurance };
      const stance = stanceOf(modelId, claim, said);
      return evidenceOf(calibrations[modelId]?.[claim.kind], stance, answer);
    });
    return {
      ...claim,
      checks: own.map(({ modelId, yes }) => ({ modelId, yes })),
      weight: fromLogOdds(sum(evidence)),
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

/** Of a model that names nothing, or was not asked about it. */
const UNKNOWN = 0.5;

/** How sure a model is of the things that it names in this image itself: the mean probability of its "yes" about them. */
export function assuranceOf(
  modelId: string,
  said: readonly Said[],
  checks: readonly CheckedClaim[],
): number {
  const named = said.filter(
    ({ kind, subject, modelIds }) =>
      kind === 'object' && subject !== 'sign' && modelIds.includes(modelId),
  );
  const ids = new Set(named.map(({ id }) => id));
  const answers = checks.filter((check) => check.modelId === modelId && ids.has(check.claimId));
  return answers.length === 0 ? UNKNOWN : sum(answers.map(({ yes }) => yes)) / answers.length;
}

/** Who says what, unweighed. That a thing is one, said by its article alone, counts only where others say otherwise. */
function saidClaims(texts: readonly EvidenceText[]): Said[] {
  const groups = new Map<string, { statement: Statement; sources: ClaimSource[]; told: boolean }>();
  for (const { modelId, promptId, text } of texts) {
    for (const { statement, sentence, certain, implied } of readClaims(text)) {
      const id = statementId(statement);
      const group = groups.get(id) ?? { statement, sources: [], told: false };
      group.sources.push({ modelId, promptId, sentence, certain });
      group.told ||= !implied;
      groups.set(id, group);
    }
  }
  const all = [...groups].map(([id, { statement, sources, told }]) => {
    const modelIds = [...new Set(sources.map(({ modelId }) => modelId))];
    return { id, ...statement, sources, modelIds, told };
  });
  return all
    .filter((claim) => claim.told || all.some((other) => contradict(claim, other)))
    .map(({ id, kind, subject, value, sources, modelIds }) => ({
      id,
      kind,
      subject,
      value,
      sources,
      modelIds,
    }));
}

/** What a picture always has: a model that says nothing of it denies nothing. */
const ALWAYS_THERE = new Set(['background', 'image']);

/** How a model stands to each claim of a set. */
export function stances(modelId: string, claims: readonly Said[]): (Stance | Absent)[] {
  return claims.map((claim) => stanceOf(modelId, claim, claims));
}

/** A model that does not mention a thing speaks against all that is said of it; one that does, only against its rivals. */
function stanceOf(modelId: string, claim: Said, all: readonly Said[]): Stance | Absent {
  if (claim.modelIds.includes(modelId)) {
    const isCertain = claim.sources.some((source) => source.modelId === modelId && source.certain);
    return isCertain ? 'certain' : 'hedged';
  }
  const own = all.filter(
    ({ subject, modelIds }) => subject === claim.subject && modelIds.includes(modelId),
  );
  if (own.some((other) => contradict(claim, other))) return 'rival';
  return own.length > 0 || ALWAYS_THERE.has(claim.subject) ? 'absent' : 'silent';
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

type Compared = Pick<Claim, 'id' | 'kind' | 'subject' | 'value'>;

/** Kinds of which one thing has one value: two counts, two places of one thing can't both be right. */
export function contradict(a: Compared, b: Compared): boolean {
  if (a.id === b.id || a.kind !== b.kind || a.subject !== b.subject) return false;
  if (a.kind !== 'attribute') return a.kind !== 'text' && a.kind !== 'action';
  return (
    (SIZES.has(a.value) && SIZES.has(b.value)) ||
    (BACKGROUND_KINDS.has(a.value) && BACKGROUND_KINDS.has(b.value))
  );
}

function standingOf(
  claim: Pick<Claim, 'modelIds' | 'weight'>,
  rivals: readonly Pick<Claim, 'weight'>[],
): ClaimStanding {
  const strongest = Math.max(0, ...rivals.map(({ weight }) => weight));
  if (claim.modelIds.length >= 2 && claim.weight > strongest) return 'agreed';
  return rivals.length > 0 ? 'disputed' : claim.modelIds.length >= 2 ? 'agreed' : 'single';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
