import type { Calibrations } from './evidence/weigh';
import { shortHash } from './hash';
import type { JudgeWay } from './judge-way';
import type { Run } from './run';

/** By what models without a calibration of their own count in a run, from some time on. */
export interface Calibrated {
  /** Of the calibrations, part of the keys of verdicts that are made with them; empty: all models count alike again. */
  readonly name: string;
  /** As they were kept: `readCalibrations` understands them where they are used. */
  readonly calibrations: unknown;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Calibrations as a run carries them: those of its models alone, under a name that is the same wherever they are the same.
 * @param calibrations by model id; of models that are not in the run too
 */
export async function calibratedFor(
  modelIds: readonly string[],
  calibrations: Calibrations,
  at: number,
): Promise<Calibrated> {
  const own = Object.fromEntries(
    [...new Set(modelIds)].sort().flatMap((id) => {
      const calibration = calibrations[id];
      return calibration === undefined ? [] : [[id, calibration]];
    }),
  );
  const isNeutral = Object.keys(own).length === 0;
  return { name: isNeutral ? '' : await shortHash(inOrder(own)), calibrations: own, at };
}

/** JSON that does not hang on the order of keys: what comes from a file may have another. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** By what models without a calibration of their own count in this way; undefined: all alike. */
export function calibrationsOf(
  { calibrated }: Pick<Run, 'calibrated'>,
  { calibration }: JudgeWay,
): unknown {
  return calibration === undefined
    ? undefined
    : calibrated?.find(({ name }) => name === calibration)?.calibrations;
}

/** Verdicts that were made before stay beside those by what models count from now on. */
export function withCalibrated(run: Run, calibrated: Calibrated): Run {
  return { ...run, calibrated: [...(run.calibrated ?? []), calibrated] };
}
