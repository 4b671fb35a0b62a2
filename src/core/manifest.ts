import type { PrecisionChoice } from './precision';
import type { Run, RunEnvironment } from './run';
import { NO_WISHES, type Wishes } from './wishes';

/** What a run was made with, enough for anybody to repeat it; the pictures are named by their hashes. */
export interface RunManifest {
  readonly format: 'vlm-image-analysis/run-manifest';
  readonly version: 1;
  readonly name: string;
  readonly createdAt: string;
  readonly images: readonly {
    readonly name: string;
    readonly sha256: string;
    readonly bytes: number;
  }[];
  readonly models: Run['models'];
  readonly judge: Run['judge'];
  readonly judgeMode: Run['judgeMode'];
  readonly prompts: Run['prompts'];
  readonly decode: Run['decode'];
  readonly device: Run['device'];
  readonly precisionChoice: PrecisionChoice;
  readonly threads: number;
  readonly environment: RunEnvironment;
  readonly wishes: Wishes;
  readonly skipDescribed: boolean;
  /** What was asked for beside the answers of models and prompts. */
  readonly again: NonNullable<Run['again']>;
  readonly judgedAgain: NonNullable<Run['judgedAgain']>;
  /** Models that went on in another precision or on another device, and for which cells. */
  readonly replanned: NonNullable<Run['replanned']>;
  readonly earlierJudges: NonNullable<Run['earlierJudges']>;
  /** By what models without a calibration of their own count. */
  readonly calibrated: NonNullable<Run['calibrated']>;
}

export function toManifest(run: Run): RunManifest {
  const { name, models, judge, judgeMode, prompts, decode, device, threads, environment } = run;
  return {
    format: 'vlm-image-analysis/run-manifest',
    version: 1,
    name,
    createdAt: new Date(run.createdAt).toISOString(),
    images: run.images.map(({ name: imageName, sha256, bytes }) => ({
      name: imageName,
      sha256,
      bytes,
    })),
    models,
    judge,
    judgeMode,
    prompts,
    decode,
    device,
    precisionChoice: run.precisionChoice ?? 'auto',
    threads,
    environment,
    wishes: run.wishes ?? NO_WISHES,
    skipDescribed: run.skipDescribed ?? false,
    again: run.again ?? [],
    judgedAgain: run.judgedAgain ?? [],
    replanned: run.replanned ?? [],
    earlierJudges: run.earlierJudges ?? [],
    calibrated: run.calibrated ?? [],
  };
}
