import type { Claim, ClaimKind } from '../../src/core/claims';
import { assuranceOf, stances, statementId } from '../../src/core/evidence/weigh';
import { reliabilityOf, type Reliability } from '../../src/evaluation/reliability';
import { VISION_MODELS } from '../../src/models/registry';
import type { Described } from './contenders';

interface ModelFeatures {
  /** How it stands to the claim. */
  readonly stance: string;
  /** Its probability of yes where it was asked. */
  readonly yes?: number;
  /** How sure it is of what it names in this image itself. */
  readonly assurance: number;
}

/** One claim as `training/fit_calibration.py` reads it. */
export interface ClaimFeatures {
  readonly kind: ClaimKind;
  readonly isTrue: boolean;
  /** What the evidence makes of it, 0..1. */
  readonly weight: number;
  /** By model id. */
  readonly models: Readonly<Record<string, ModelFeatures>>;
}

/** The claims of all verdicts in the mode that checks; those that are true but not asked for are left out. */
export function featuresOf(described: readonly Described[]): ClaimFeatures[] {
  return described.flatMap(({ image, result }) => {
    const claims = result.verdicts.get('verify')?.claims ?? [];
    const facts = new Map(image.facts.map((fact) => [statementId(fact), fact]));
    const checks = claims.flatMap(({ id, checks: own }) =>
      own.map((check) => ({ claimId: id, ...check })),
    );
    const byModel = VISION_MODELS.map(({ id }) => ({
      id,
      own: stances(id, claims),
      assurance: assuranceOf(id, claims, checks),
    }));
    return claims.flatMap((claim, index) => {
      const fact = facts.get(claim.id);
      if (fact?.isAsked === false) return [];
      const models = Object.fromEntries(
        byModel.map(({ id, own, assurance }) => [
          id,
          { stance: own[index] ?? 'absent', assurance, ...yesOf(claim, id) },
        ]),
      );
      return [{ kind: claim.kind, isTrue: fact !== undefined, weight: claim.weight, models }];
    });
  });
}

function yesOf({ checks }: Claim, id: string): { yes?: number } {
  const check = checks.find(({ modelId }) => modelId === id);
  return check === undefined ? {} : { yes: check.yes };
}

/** How far each model's yes can be trusted, and the weight that is made of all. */
export function reliabilities(described: readonly Described[]): readonly Reliability[] {
  const features = featuresOf(described);
  const checks = VISION_MODELS.map(({ id, name }) =>
    reliabilityOf(
      name,
      features.flatMap(({ isTrue, models }) => {
        const yes = models[id]?.yes;
        return yes === undefined ? [] : [{ probability: yes, isTrue }];
      }),
    ),
  );
  const weights = features.map(({ weight, isTrue }) => ({ probability: weight, isTrue }));
  return [...checks, reliabilityOf('weight of all evidence', weights)];
}
