import type { CheckedClaim, Claim, ClaimSource, ClaimStanding, Statement } from '../claims';
import {
  evidenceOf,
  fromLogOdds,
  type Absent,
  type ModelCalibration,
  type Stance,
} from './calibration';
import { readClaims, type ReadClaim } from './extract';
import type { Lexicon } from './lexicon/lexicon';
import { proseClaims, type Rivalry } from './prose/claims';
import { BACKGROUND_KINDS, SIZES } from './words';

/** What one model answered to one prompt. */
export interface EvidenceText {
  readonly modelId: string;
  readonly promptId: string;
  readonly text: string;
}

export type Calibrations = Readonly<Record<string, ModelCalibration>>;

/** How descriptions are read. */
export interface Reading {
  /** Ids of models whose descriptions are read word by word: those that come with the app. Nobody's where absent. */
  readonly plain?: ReadonlySet<string>;
  /** Where there are descriptions in other English: synonyms, kinds of things, denials, and what excludes what are matched too. */
  readonly lexicon?: Lexicon | undefined;
}

const NOBODY: ReadonlySet<string> = new Set();

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
 * @param calibrations of models; what is not in it is neutral
 * @param reading all is read word by word where it has no lexicon
 */
export function weighClaims(
  texts: readonly EvidenceText[],
  checks: readonly CheckedClaim[] = [],
  calibrations: Calibrations = {},
  reading: Reading = {},
): Claim[] {
  const modelIds = [...new Set(texts.map(({ modelId }) => modelId))];
  const { said, areRivals } = saidClaims(texts, reading);
  const rivalsOf = new Map(
    said.map((claim) => [claim.id, said.filter((other) => areRivals(claim, other))]),
  );
  const assurances = new Map(modelIds.map((id) => [id, assuranceOf(id, said, checks)]));
  const claims = said.map((claim) => {
    const own = checks.filter(({ claimId }) => claimId === claim.id);
    const evidence = modelIds.map((modelId) => {
      const check = own.find((each) => each.modelId === modelId);
      const assurance = assurances.get(modelId) ?? UNKNOWN;
      const answer = check === undefined ? undefined : { yes: check.yes, assurance };
      const stance = stanceOf(modelId, claim, said, rivalsOf.get(claim.id) ?? []);
      return evidenceOf(calibrations[modelId]?.[claim.kind], stance, answer);
    });
    return {
      ...claim,
      checks: own.map(({ modelId, yes }) => ({ modelId, yes })),
      weight: fromLogOdds(sum(evidence)),
    };
  });
  const weighed = new Map(
    capped(claims, reading.plain ?? NOBODY).map((claim) => [claim.id, claim]),
  );
  return [...weighed.values()]
    .map((claim) => {
      const rivals = (rivalsOf.get(claim.id) ?? []).flatMap(({ id }) => weighed.get(id) ?? []);
      const standing = standingOf(claim, rivals);
      return { ...claim, standing, contradicts: rivals.map(({ id }) => id) };
    })
    .sort((a, b) => b.weight - a.weight || KIND_ORDER[a.kind] - KIND_ORDER[b.kind]);
}

type Weighed = Said & Pick<Claim, 'checks' | 'weight'>;

/**
 * Where a thing is and what it does is no surer than that it is there. And many hedges make no certainty: what nobody
 * states stays a maybe, unless a model says yes to it.
 * @param plain models of which it was measured what their hedges are worth
 */
function capped(claims: readonly Weighed[], plain: ReadonlySet<string>): Weighed[] {
  const objects = new Map(
    claims.flatMap(({ kind, subject, weight }) => (kind === 'object' ? [[subject, weight]] : [])),
  );
  return claims.map((claim) => {
    const { kind, subject, sources, checks, weight } = claim;
    const isOfThing = kind === 'relation' || kind === 'action';
    const isMaybe = sources.every(({ certain, modelId }) => !certain && !plain.has(modelId));
    const most = isMaybe && !checks.some(({ yes }) => yes > 0.5) ? MAYBE : 1;
    const presence = isOfThing ? (objects.get(subject) ?? 1) : 1;
    return { ...claim, weight: Math.min(weight, most, presence) };
  });
}

/** The heaviest that is not yet likely. */
const MAYBE = 0.5;

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

interface Group {
  readonly statement: Statement;
  readonly sources: ClaimSource[];
  told: boolean;
}

/** Who says what, unweighed, and what excludes what. What is only implied or denied counts where others say otherwise. */
export function saidClaims(
  texts: readonly EvidenceText[],
  { plain = NOBODY, lexicon }: Reading,
): { readonly said: Said[]; readonly areRivals: Rivalry } {
  const prose = lexicon === undefined ? undefined : proseClaims(texts, plain, lexicon);
  const groups = new Map<string, Group>();
  for (const [index, { modelId, promptId, text }] of texts.entries()) {
    const reads: readonly ReadClaim[] = prose?.claims[index] ?? readClaims(text);
    for (const { statement, sentence, certain, implied } of reads) {
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
  const areRivals = prose?.areRivals ?? contradict;
  const said = all
    .filter((claim) => claim.told || all.some((other) => other.told && areRivals(claim, other)))
    .map(({ id, kind, subject, value, sources, modelIds }) => ({
      id,
      kind,
      subject,
      value,
      sources,
      modelIds,
    }));
  return { said, areRivals };
}

/** What a picture always has: a model that says nothing of it denies nothing. */
const ALWAYS_THERE = new Set(['background', 'image']);

/** How a model stands to each claim of a set. */
export function stances(modelId: string, claims: readonly Said[]): (Stance | Absent)[] {
  return claims.map((claim) => {
    const rivals = claims.filter((other) => contradict(claim, other));
    return stanceOf(modelId, claim, claims, rivals);
  });
}

/** A model that does not mention a thing speaks against all that is said of it; one that does, only against its rivals. */
export function stanceOf(
  modelId: string,
  claim: Said,
  all: readonly Said[],
  rivals: readonly Said[],
): Stance | Absent {
  if (claim.modelIds.includes(modelId)) {
    const isCertain = claim.sources.some((source) => source.modelId === modelId && source.certain);
    return isCertain ? 'certain' : 'hedged';
  }
  const own = all.filter(
    ({ subject, modelIds }) => subject === claim.subject && modelIds.includes(modelId),
  );
  if (rivals.some((other) => other.modelIds.includes(modelId))) return 'rival';
  // Who reads, but not this, is no witness for it.
  if (claim.kind === 'text' && own.some(({ kind }) => kind === 'text')) return 'silent';
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
