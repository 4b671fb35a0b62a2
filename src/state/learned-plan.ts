import { calibratedFor, withCalibrated, type Calibrated } from '../core/calibrated';
import type { Learned } from '../core/learned';
import type { RunManifest } from '../core/manifest';
import type { Run } from '../core/run';
import { CALIBRATIONS } from '../models/registry';
import { readCalibrations } from '../storage/calibration-schema';
import { saveLearned, savedLearned } from '../storage/learned';

/** Whether captions can tell what a model is worth: of those that come with the app it was measured. */
export function isLearnable({ id }: { readonly id: string }): boolean {
  return CALIBRATIONS[id] === undefined;
}

/** What was learned, as far as it is about models of a run. */
export function calibratedBy(
  learned: Learned | null,
  { models }: Pick<Run, 'models'>,
  at: number,
): Promise<Calibrated> {
  const ids = models.filter(isLearnable).map(({ id }) => id);
  return calibratedFor(ids, learned?.calibrations ?? {}, at);
}

/** A planned run with what was learned of its models. @throws AppError */
export async function withLearned(plan: Run): Promise<Run> {
  if (plan.judge === null) return plan;
  const calibrated = await calibratedBy(await savedLearned(), plan, plan.createdAt);
  return calibrated.name === '' ? plan : withCalibrated(plan, calibrated);
}

/**
 * Models count from now on as they did at last in the run of a manifest, or it would not say the same again.
 * @returns what that changes here: a sentence each
 * @throws AppError
 */
export async function adoptLearned(manifest: RunManifest, now: number): Promise<readonly string[]> {
  const { models, judge, name } = manifest;
  if (judge === null || !models.some(isLearnable)) return [];
  const calibrations = readCalibrations(manifest.calibrated.at(-1)?.calibrations ?? {});
  const theirs: Learned = { calibrations, at: now, from: { kind: 'manifest', name } };
  const { name: hash } = await calibratedBy(theirs, manifest, now);
  const before = await calibratedBy(await savedLearned(), manifest, now);
  if (before.name === hash) return [];
  await saveLearned(hash === '' ? null : theirs);
  return hash === ''
    ? ['All models count alike, as in that run; what was learned from your captions is not used.']
    : ['Models count by what was learned from captions that were accepted for that run.'];
}
