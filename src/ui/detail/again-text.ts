import type { Cell, CellState } from '../../core/cell';
import type { Sampling } from '../../core/decode';
import { modelName } from '../../models/registry';

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** How the words were chosen: "seed 4711", "greedy". */
export function samplingText(sampling: Sampling): string {
  return sampling.kind === 'greedy' ? 'greedy' : `seed ${String(sampling.seed)}`;
}

/** All that one answer may differ in from another in its place, and when it came. */
export function takeText({ modelId, prompt, identity }: Cell, state: CellState): string {
  const parts = [modelName(modelId), prompt.title, samplingText(identity.decode.sampling)];
  if (state.status === 'done') parts.push(WHEN.format(state.description.finishedAt));
  return parts.join(' · ');
}

/** What is other about an answer than the run asked for in its place; empty for the run's own. */
export function differsText(take: Cell, own: Cell): string {
  const parts: string[] = [];
  if (take.modelId !== own.modelId) parts.push(`by ${modelName(take.modelId)}`);
  if (take.identity.promptHash !== own.identity.promptHash) parts.push(`to “${take.prompt.title}”`);
  const how = samplingText(take.identity.decode.sampling);
  if (how !== samplingText(own.identity.decode.sampling)) parts.push(how);
  return parts.join(', ');
}

/** When something was made or written. */
export function whenText(at: number): string {
  return WHEN.format(at);
}
