import { hubSpec } from './hub-spec';
import type { DeviceKind, HubModel } from './hub-model';
import { offers, planModel, type Offer } from './plan';
import type { Choice } from './precisions';
import type { PlanRefusal } from './refusal';
import type { ModelFile, ModelSpec } from './spec';
import type { RepositoryNames } from './hub-spec';

/** A repository as the Hub tells it, at one commit. */
export interface LookedUp extends RepositoryNames {
  readonly files: readonly ModelFile[];
  readonly configs: Readonly<Record<string, unknown>>;
}

/** What would be fetched for a device, or why it can't be run there. */
export interface ChosenPlan {
  readonly spec: ModelSpec | null;
  readonly refusal: PlanRefusal | null;
  /** Precisions that this device can have it in, lightest first. */
  readonly offers: readonly Offer[];
}

/** @param model its entry of the catalogue, where it has one */
export function chosenPlan(
  found: LookedUp,
  device: DeviceKind,
  choice: Choice,
  model: HubModel | undefined,
): ChosenPlan {
  const offered = offers(found, device, model);
  const plan = planModel(found, device, choice, model);
  return {
    spec: plan.ok ? hubSpec(found, plan.value, model, found.configs['config.json']) : null,
    refusal: plan.ok ? null : plan.refusal,
    offers: offered.ok ? offered.value : [],
  };
}
