import type { LoadTarget } from '../../core/protocol';
import { deviceOf } from '../../core/replan';
import type { RunModel } from '../../core/run';
import type { RunTask } from './types';

/** Which variant of a model a run means, and where it is to work. */
export function loadTarget(
  model: RunModel,
  { run, threadsOn }: Pick<RunTask, 'run' | 'threadsOn'>,
): LoadTarget {
  const device = deviceOf(run, model);
  return {
    modelId: model.id,
    revision: model.revision,
    modelPrecision: model.precision,
    device,
    threads: threadsOn?.[device] ?? run.threads,
  };
}
