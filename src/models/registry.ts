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

export const VISION_MODELS = MODELS.filter((spec) => spec.role === 'vision');
export const JUDGE_MODELS = MODELS.filter((spec) => spec.role === 'judge');
