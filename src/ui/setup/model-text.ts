import { modelBytes, type ModelFamily, type ModelSpec } from '../../models/spec';
import type { WeightsProgress } from '../../state/model-work.svelte';
import type { ModelActivity } from '../../engine/runner/types';
import { formatBytes, formatPercent } from '../common/format';

const FAMILIES: Record<ModelFamily, string> = {
  qwen2_vl: 'Qwen2-VL',
  phi3_v: 'Phi-3-V',
  moondream1: 'Moondream',
  llama: 'Llama',
};

/** Family, size, precision and licence in one line. */
export function modelFacts(spec: ModelSpec): string {
  return [
    `${FAMILIES[spec.family]} family`,
    formatBytes(modelBytes(spec)),
    spec.precision,
    spec.licence,
  ].join(' · ');
}

/** How good it is, from what was measured. */
export function modelQuality({ figures, role }: Pick<ModelSpec, 'figures' | 'role'>): string {
  if (role === 'judge') return '';
  return figures.objectsF1 === undefined
    ? 'How much it finds has not been measured yet.'
    : `Gets about ${formatPercent(figures.objectsF1)} of the things in drawn test scenes right (F1).`;
}

/** How good several models are, as far as all of them were measured. */
export function modelsQuality(specs: readonly Pick<ModelSpec, 'figures'>[]): string {
  const measured = specs.flatMap(({ figures }) => figures.objectsF1 ?? []);
  if (measured.length === 0 || measured.length < specs.length) return '';
  const low = formatPercent(Math.min(...measured));
  const high = formatPercent(Math.max(...measured));
  const share = low === high ? low : `${low} to ${high}`;
  return `Alone, each gets about ${share} of the things in drawn test scenes right (F1).`;
}

/** What its worker does now; empty when there is nothing to say. */
export function activityText(activity: ModelActivity | undefined): string {
  if (activity === undefined) return '';
  switch (activity.kind) {
    case 'fetching':
      return 'Fetching';
    case 'loading':
      return 'Loading';
    case 'working':
      return 'Working';
    case 'idle':
      return 'Waiting for its turn';
    case 'done':
      return 'Done';
    case 'failed':
      return 'Failed';
  }
}

export function weightsText({ loadedBytes, totalBytes }: WeightsProgress): string {
  return `${formatBytes(loadedBytes)} of ${formatBytes(totalBytes)}`;
}
