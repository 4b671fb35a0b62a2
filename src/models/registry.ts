import type { ClaimKind } from '../core/claims';
import type { Calibrations } from '../core/evidence/weigh';
import { EMBEDDED_MODELS } from './embedded';
import type { ModelSpec } from './spec';

/** Every model the app knows, in display order. */
export const MODELS: readonly ModelSpec[] = EMBEDDED_MODELS;

const byId = new Map(MODELS.map((spec) => [spec.id, spec]));

export function modelById(id: string): ModelSpec | undefined {
  return byId.get(id);
}

export function modelName(id: string): string {
  return byId.get(id)?.name ?? id;
}

/** Whether it makes sense to ask this model about claims of this kind. */
export function canCheck(id: string, kind: ClaimKind): boolean {
  const checks = byId.get(id)?.checks;
  return checks === undefined
    ? kind !== 'language' && kind !== 'translation'
    : checks.includes(kind);
}

/** What the models' words are worth, for those that somebody has measured. */
export const CALIBRATIONS: Calibrations = Object.fromEntries(
  MODELS.flatMap(({ id, calibration }) => (calibration === undefined ? [] : [[id, calibration]])),
);

export const VISION_MODELS = MODELS.filter((spec) => spec.role === 'vision');
export const JUDGE_MODELS = MODELS.filter((spec) => spec.role === 'judge');
