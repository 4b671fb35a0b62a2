import type { Device, Run, RunModel } from './run';

/**
 * From here on a model runs in another precision or on another device: these cells are answered by it instead. What was
 * answered before stays as it is.
 */
export interface Replanned {
  /** Keys of the run's own cells, as they are when this is planned. */
  readonly places: readonly string[];
  readonly to: RunModel;
  /** Milliseconds since 1970. */
  readonly plannedAt: number;
}

export function withReplanned(run: Run, replanned: Replanned): Run {
  return { ...run, replanned: [...(run.replanned ?? []), replanned] };
}

/** Verdicts that the judge has written stay; the others are written by it as it is from now on. */
export function withJudge(run: Run, to: RunModel): Run {
  const { judge, earlierJudges = [] } = run;
  return judge === null ? run : { ...run, judge: to, earlierJudges: [...earlierJudges, judge] };
}

/** A run's model as it is now. */
export function latest({ replanned = [] }: Pick<Run, 'replanned'>, model: RunModel): RunModel {
  return replanned.findLast(({ to }) => to.id === model.id)?.to ?? model;
}

/** The judge as it is now, then as it was before, newest first. */
export function judgesOf({ judge, earlierJudges = [] }: Run): readonly RunModel[] {
  return judge === null ? [] : [judge, ...earlierJudges.toReversed()];
}

/** Where a model of a run does its work. */
export function deviceOf(run: Pick<Run, 'device'>, model: RunModel): Device {
  return model.device ?? run.device;
}

/** The same run with other devices where models have one of their own. */
export function withDevices(run: Run, change: (device: Device) => Device): Run {
  const { judge, replanned } = run;
  const changed = (model: RunModel): RunModel =>
    model.device === undefined ? model : { ...model, device: change(model.device) };
  return {
    ...run,
    judge: judge === null ? null : changed(judge),
    ...(replanned === undefined
      ? {}
      : { replanned: replanned.map((one) => ({ ...one, to: changed(one.to) })) }),
  };
}
