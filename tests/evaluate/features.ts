import type { Claim, ClaimKind } from '../../src/core/claims';
import { stances, statementId } from '../../src/core/evidence/weigh';
import { VISION_MODELS } from '../../src/models/registry';
import type { Described } from './contenders';

/** One claim as `training/fit_calibration.py` reads it. */
export interface ClaimFeatures {
  readonly kind: ClaimKind;
  readonly isTrue: boolean;
  /** By model id: how it stands to the claim, and its probability of yes where it was asked. */
  readonly models: Readonly<Record<string, { readonly stance: string; readonly yes?: number }>>;
}

/** The claims of all verdicts in the mode that checks; those that are true but not asked for are left out. */
export function featuresOf(described: readonly Described[]): ClaimFeatures[] {
  return described.flatMap(({ image, result }) => {
    const claims = result.verdicts.get('verify')?.claims ?? [];
    const facts = new Map(image.facts.map((fact) => [statementId(fact), fact]));
    const byModel = VISION_MODELS.map(({ id }) => [id, stances(id, claims)] as const);
    return claims.flatMap((claim, index) => {
      const fact = facts.get(claim.id);
      if (fact?.isAsked === false) return [];
      const models = Object.fromEntries(
        byModel.map(([id, own]) => [id, { stance: own[index] ?? 'absent', ...yesOf(claim, id) }]),
      );
      return [{ kind: claim.kind, isTrue: fact !== undefined, models }];
    });
  });
}

function yesOf({ checks }: Claim, id: string): { yes?: number } {
  const check = checks.find(({ modelId }) => modelId === id);
  return check === undefined ? {} : { yes: check.yes };
}
