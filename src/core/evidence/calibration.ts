import type { ClaimKind } from '../claims';

/** How a model stands to a claim: it says it, hedges it, says something that excludes it, or says nothing of it. */
export type Stance = 'certain' | 'hedged' | 'rival' | 'silent';

/** Of a model that speaks of the thing, but not of this side of it. */
export type Absent = 'absent';

/** Evidence of each stance that a claim is true, in log odds; added up over the models. */
export type StanceEvidence = Readonly<Record<Stance, number>>;

/**
 * A model's answer to the yes/no question about a claim: the log odds of its "yes", times `yes` where they are above
 * zero and times `no` below, plus `bias`. A model that knows what it sees is worth more when it says no than one that
 * is unsure even of its own claims about the image: `assured` is added, times its assurance above or below one half,
 * to `no` and to `bias`.
 */
export interface CheckEvidence {
  readonly yes: number;
  readonly no: number;
  readonly bias: number;
  readonly assured: { readonly no: number; readonly bias: number };
}

/** What a model answers about a claim, and how sure it is of its own claims about the image (the mean of its "yes"). */
export interface CheckAnswer {
  readonly yes: number;
  readonly assurance: number;
}

/** What a model's word is worth for claims of one kind, fitted on scenes whose truth is known. */
export interface KindCalibration {
  /** Where only descriptions are at hand. */
  readonly said: StanceEvidence;
  /** Where the model was asked about the claim too; a check beside its own words adds less than one without. */
  readonly checked?: { readonly said: StanceEvidence; readonly check: CheckEvidence };
}

export type ModelCalibration = Partial<Readonly<Record<ClaimKind, KindCalibration>>>;

/** For models that nobody has calibrated: two of three make a claim likely, a lone voice of two or three leaves it doubtful. */
export const NEUTRAL: Required<KindCalibration> = {
  said: { certain: 0.68, hedged: 0.1, rival: -0.68, silent: -0.68 },
  checked: {
    said: { certain: 0.5, hedged: 0.05, rival: -0.5, silent: -0.5 },
    check: { yes: 0.4, no: 0.4, bias: 0, assured: { no: 0, bias: 0 } },
  },
};

/** Evidence of one model for or against a claim, in log odds. @param answer if it was asked. */
export function evidenceOf(
  calibration: KindCalibration = NEUTRAL,
  stance: Stance | Absent,
  answer: CheckAnswer | undefined,
): number {
  const { said, checked } = calibration;
  const of = (evidence: StanceEvidence) => (stance === 'absent' ? 0 : evidence[stance]);
  if (answer === undefined || checked === undefined) return of(said);
  return of(checked.said) + checkEvidence(checked.check, answer);
}

function checkEvidence(
  { yes, no, bias, assured }: CheckEvidence,
  { yes: probability, assurance }: CheckAnswer,
): number {
  const odds = logOdds(probability);
  const above = assurance - 0.5;
  return odds * (odds > 0 ? yes : no + assured.no * above) + bias + assured.bias * above;
}

/** Probabilities of 0 and 1 are never known. */
const SUREST = 0.995;

export function logOdds(probability: number): number {
  const p = Math.min(SUREST, Math.max(1 - SUREST, probability));
  return Math.log(p / (1 - p));
}

export function fromLogOdds(evidence: number): number {
  return 1 / (1 + Math.exp(-evidence));
}
