import { CHECK, workKind } from '../../core/progress';
import { modelById } from '../../models/registry';
import type { ModelsState } from '../../state/models.svelte';
import type { RunState } from '../../state/run.svelte';
import { ERROR_TEXT } from '../common/error-text';
import { formatBytes, formatDuration } from '../common/format';
import { activityText } from '../setup/model-text';

/** "12 of 36 done · about 2 min left · 34 tokens/s now, 30 on average", as far as it is known. */
export function longLine(run: RunState): string {
  const { settled, all } = run.units;
  const parts = [`${settled.toLocaleString('en-GB')} of ${all.toLocaleString('en-GB')} done`];
  if (run.phase.kind === 'paused') parts.push('paused');
  if (run.phase.kind === 'stopped') parts.push('stopped');
  const { timeLeftMs: left, speed } = run;
  if (left !== null && left > 0) parts.push(`about ${formatDuration(left)} left`);
  if (speed !== null)
    parts.push(`${speed.now.toFixed(0)} tokens/s now, ${speed.average.toFixed(0)} on average`);
  return parts.join(' · ');
}

/** Descriptions, or verdicts, that a model has still to write. */
export function openUnits({ board }: Pick<RunState, 'board'>, modelId: string): number {
  if (board === null) return 0;
  let units = 0;
  // Reading the counts is what tells of changes.
  for (const [kind, count] of board.open)
    if (kind.startsWith(`${modelId}|`) && kind !== workKind(modelId, CHECK)) units += count;
  return units;
}

/** What a model of a run does now: "Working on Traffic". */
export function workerText(run: RunState, modelId: string): string {
  const activity = run.activity(modelId);
  if (run.board?.run.skips?.modelIds.includes(modelId) === true) return 'Skipped';
  if (activity?.kind === 'working') {
    const image = run.board?.run.images.find(({ id }) => id === activity.imageId);
    return `Working on ${image?.name ?? 'a picture'}`;
  }
  if (activity?.kind === 'failed') return ERROR_TEXT[activity.error.code].what;
  if (activity !== undefined) return activityText(activity);
  return openUnits(run, modelId) === 0 ? 'Done' : 'Not started';
}

/** Bytes that are still to be downloaded for a run; empty where there are none. */
export function bytesLeftLine(run: RunState, models: ModelsState): string {
  const { board } = run;
  if (board === null || !run.isActive) return '';
  const { judge } = board.run;
  const ids = new Set(
    [...board.run.models, ...(judge === null ? [] : [judge])].map(({ id }) => id),
  );
  let bytes = 0;
  for (const id of ids) {
    const coming = run.weights(id);
    const spec = modelById(id);
    const missing = spec === undefined ? 0 : (models.missingBytes(spec) ?? 0);
    if (coming !== undefined) bytes += coming.totalBytes - coming.bytes;
    else if (openUnits(run, id) > 0) bytes += missing;
  }
  return bytes === 0 ? '' : `${formatBytes(bytes)} still to download`;
}
