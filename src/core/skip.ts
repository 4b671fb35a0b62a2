import type { Cell } from './cell';
import type { Run } from './run';

/** What somebody has left out of a run while it worked: what was answered before stays. */
export interface Skips {
  readonly imageIds: readonly string[];
  readonly modelIds: readonly string[];
}

export const NO_SKIPS: Skips = { imageIds: [], modelIds: [] };

export function withSkips(run: Run, { imageIds = [], modelIds = [] }: Partial<Skips>): Run {
  const before = run.skips ?? NO_SKIPS;
  return {
    ...run,
    skips: {
      imageIds: [...new Set([...before.imageIds, ...imageIds])],
      modelIds: [...new Set([...before.modelIds, ...modelIds])],
    },
  };
}

/** Nothing is left out any more. */
export function withoutSkips(run: Run): Run {
  const whole: Omit<Run, 'skips'> & { skips?: unknown } = { ...run };
  delete whole.skips;
  return whole as Run;
}

/** Answers to cells that were asked for by themselves are given: somebody wants them. */
export function isSkipped(
  { skips = NO_SKIPS }: Pick<Run, 'skips'>,
  { imageId, modelId, key, place, isBeside }: Cell,
): boolean {
  if (key !== place || isBeside === true) return false;
  return skips.imageIds.includes(imageId) || skips.modelIds.includes(modelId);
}
