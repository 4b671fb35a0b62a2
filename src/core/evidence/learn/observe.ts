import type { CheckedClaim, ClaimKind } from '../../claims';
import type { Absent, CheckAnswer, Stance } from '../calibration';
import {
  assuranceOf,
  saidClaims,
  stanceOf,
  type EvidenceText,
  type Reading,
  type Said,
} from '../weigh';

/** A picture whose caption a person has accepted, and what models have said of it. */
export interface AcceptedPicture {
  readonly texts: readonly EvidenceText[];
  /** The words that were accepted: the judge's, or the person's own. */
  readonly caption: string;
  /** The words that the person had there before and changed; absent where they were accepted as they were. */
  readonly before?: string;
  /** What models have answered about claims. */
  readonly checks: readonly CheckedClaim[];
}

/** How one model stands to a claim. */
export interface ModelStance {
  readonly modelId: string;
  readonly stance: Stance | Absent;
  readonly answer?: CheckAnswer;
}

/** A claim of some model, and what an accepted caption makes of it. */
export interface Observation {
  readonly kind: ClaimKind;
  readonly isTrue: boolean;
  /** 0..1: how much is known by it. See `WORTH`. */
  readonly worth: number;
  readonly stances: readonly ModelStance[];
}

/**
 * What an accepted caption tells of a claim. A claim that it makes is true, one that it excludes is not: somebody has read and
 * accepted it. Leaving out is weaker. Words that stood there and were struck out were mostly wrong, but people also shorten.
 * What never stood there, and is of a kind that the caption tells of the same thing, is a hint: captions are short, and most of
 * what they leave out is true; twenty such hints weigh as much as one contradiction. Without them a thing that is invented would never
 * count, because no caption says that it is not there. What the caption does not speak of at all is not counted.
 */
export const WORTH = { said: 1, struckOut: 0.5, leftOut: 0.05 } as const;

/** Two more voices beside the models': no model is called so. */
const ACCEPTED = '|accepted';
const BEFORE = '|before';

/**
 * The claims of all models about a picture, as far as the caption decides on them. It is read and matched as one more
 * description, and so are the words that it took the place of.
 */
export function observationsOf(
  { texts, caption, before, checks }: AcceptedPicture,
  reading: Reading,
): Observation[] {
  const voice = (modelId: string, text: string): EvidenceText => ({ modelId, promptId: '', text });
  const changed = before === undefined || before === caption ? [] : [voice(BEFORE, before)];
  const { said, areRivals } = saidClaims([...texts, voice(ACCEPTED, caption), ...changed], reading);
  const accepted = said.filter((claim) => isSaidFirmly(claim));
  const modelIds = [...new Set(texts.map(({ modelId }) => modelId))];
  const assurances = new Map(modelIds.map((id) => [id, assuranceOf(id, said, checks)]));
  return said.flatMap((claim) => {
    if (!claim.modelIds.some((id) => assurances.has(id))) return [];
    const rivals = said.filter((other) => areRivals(claim, other));
    const found = truthOf(claim, rivals, accepted);
    if (found === undefined) return [];
    const stances = modelIds.map((modelId): ModelStance => {
      const stance = stanceOf(modelId, claim, said, rivals);
      const check = checks.find((each) => each.claimId === claim.id && each.modelId === modelId);
      if (check === undefined) return { modelId, stance };
      const assurance = assurances.get(modelId) ?? 0.5;
      return { modelId, stance, answer: { yes: check.yes, assurance } };
    });
    return [{ kind: claim.kind, ...found, stances }];
  });
}

/** Of what the caption itself only suspects nothing is known. */
function isSaidFirmly({ sources }: Said): boolean {
  return sources.some(({ modelId, certain }) => modelId === ACCEPTED && certain);
}

function truthOf(
  claim: Said,
  rivals: readonly Said[],
  accepted: readonly Said[],
): Pick<Observation, 'isTrue' | 'worth'> | undefined {
  if (accepted.includes(claim)) return { isTrue: true, worth: WORTH.said };
  if (claim.modelIds.includes(ACCEPTED)) return undefined;
  if (rivals.some((rival) => accepted.includes(rival))) return { isTrue: false, worth: WORTH.said };
  if (claim.modelIds.includes(BEFORE)) return { isTrue: false, worth: WORTH.struckOut };
  const isSpokenOf = accepted.some(
    ({ kind, subject }) => kind === claim.kind && (kind === 'object' || subject === claim.subject),
  );
  return isSpokenOf ? { isTrue: false, worth: WORTH.leftOut } : undefined;
}
