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

/** These are not left out any more; nothing is where none are named. */
export function withoutSkips(run: Run, what?: Partial<Skips>): Run {
  const { imageIds, modelIds } = run.skips ?? NO_SKIPS;
  const left = {
    imageIds: imageIds.filter((id) => what !== undefined && what.imageIds?.includes(id) !== true),
    modelIds: modelIds.filter((id) => what !== undefined && what.modelIds?.includes(id) !== true),
  };
  if (left.imageIds.length + left.modelIds.length > 0) return { ...run, skips: left };
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
