/** The kinds of statement that the extractor, the evaluation and the judge's input tell apart. */
export const CLAIM_KINDS = [
  'object',
  'count',
  'attribute',
  'relation',
  'action',
  'text',
  'language',
  'translation',
  'overall',
] as const;

export type ClaimKind = (typeof CLAIM_KINDS)[number];

/**
 * One checkable statement. `subject` is what it is about (a lemma such as "cat", "background", "sign"),
 * `value` what it says of it: the number of a count ("2"), a colour or size, a place ("top left") of a
 * relation, quoted text, and so on. An object claim has an empty value: it only says that the thing is there.
 */
export interface Statement {
  readonly kind: ClaimKind;
  readonly subject: string;
  readonly value: string;
}

/** Before the value of a quality, an action or a place that a description denies: "not on sofa". */
export const NOT = 'not ';

/** Whether a statement says that something is not so; that there is none of a thing is a count of 0. */
export function isDenial({ kind, value }: Statement): boolean {
  const isOfThing = kind === 'attribute' || kind === 'relation' || kind === 'action';
  return (kind === 'count' && value === '0') || (isOfThing && value.startsWith(NOT));
}

/** Where a statement was read: which model's description, and the sentence that says it. */
export interface ClaimSource {
  readonly modelId: string;
  readonly promptId: string;
  readonly sentence: string;
  /** False where the sentence hedges ("possibly", "may be"). */
  readonly certain: boolean;
}

/** How the models stand to a claim. */
export type ClaimStanding = 'agreed' | 'single' | 'disputed';

/** A yes/no answer of one model to a claim: probability of "yes", 0..1. Filled by the check pass. */
export interface ClaimCheck {
  readonly modelId: string;
  readonly yes: number;
}

/** A check and the claim that it is about. */
export interface CheckedClaim extends ClaimCheck {
  readonly claimId: string;
}

/** A statement with all that is known for and against it. */
export interface Claim extends Statement {
  readonly id: string;
  readonly sources: readonly ClaimSource[];
  /** Models (ids) that make the claim, in run order, without repeats. */
  readonly modelIds: readonly string[];
  readonly checks: readonly ClaimCheck[];
  /** 0..1: how far the evidence supports the claim. */
  readonly weight: number;
  readonly standing: ClaimStanding;
  /** Ids of claims that cannot be true together with this one (another count, another colour of one thing). */
  readonly contradicts: readonly string[];
}
