import type { ClaimKind } from '../core/claims';
import type { Calibrations } from '../core/evidence/weigh';
import { EMBEDDED_MODELS } from './embedded';
import type { ModelSpec } from './spec';

/** The models that come with the app, in display order; those of the Hub are added when they are known. */
export const MODELS: readonly ModelSpec[] = EMBEDDED_MODELS;
export const VISION_MODELS = MODELS.filter((spec) => spec.role === 'vision');
export const JUDGE_MODELS = MODELS.filter((spec) => spec.role === 'judge');

/** Models whose descriptions are read word by word, as their calibrations were fitted: they have been taught the grammar of `core/evidence/extract`. */
export const PLAIN_SPOKEN: ReadonlySet<string> = new Set(VISION_MODELS.map(({ id }) => id));

/** What the words of the models that come with the app are worth, measured on scenes whose truth is known. */
export const CALIBRATIONS: Calibrations = Object.fromEntries(
  MODELS.flatMap(({ id, calibration }) => (calibration === undefined ? [] : [[id, calibration]])),
);

/** In the order in which they became known; of one id the last spec counts. */
const byId = new Map(MODELS.map((spec) => [spec.id, spec]));
const listeners = new Set<() => void>();

/** Makes models known, such as those of the Hub that are stored; a spec of the same id is replaced. */
export function addModels(specs: readonly ModelSpec[]): void {
  for (const spec of specs) byId.set(spec.id, spec);
  tell();
}

/** Forgets a model that was added; those that come with the app stay. */
export function removeModel(id: string): void {
  if (MODELS.some((spec) => spec.id === id)) return;
  if (byId.delete(id)) tell();
}

/** Calls `listener` after every change. @returns what ends it */
export function onModelsChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** All models known now: embedded ones first, then as they were added. */
export function knownModels(): readonly ModelSpec[] {
  return [...byId.values()];
}

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

function tell(): void {
  for (const listener of listeners) listener();
}
