import { modelBytes, type ModelFamily, type ModelSpec } from '../../models/spec';
import type { DownloadProgress } from '../../core/download';
import type { ModelActivity } from '../../engine/runner/types';
import type { Shelf } from '../../state/shelf.svelte';
import { formatBytes, formatDuration, formatPercent } from '../common/format';

const FAMILIES: Record<ModelFamily, string> = {
  qwen2_vl: 'Qwen2-VL',
  qwen2_5_vl: 'Qwen2.5-VL',
  qwen3_vl: 'Qwen3-VL',
  qwen3_5: 'Qwen3.5',
  glm_ocr: 'GLM-OCR',
  phi3_v: 'Phi-3-V',
  moondream1: 'Moondream',
  idefics3: 'Idefics3',
  smolvlm: 'SmolVLM',
  granite_docling: 'Granite Docling',
  llava: 'LLaVA',
  llava_qwen2: 'LLaVA-Qwen2',
  lfm2_vl: 'LFM2-VL',
  gemma3n: 'Gemma 3n',
  gemma4: 'Gemma 4',
  florence2: 'Florence-2',
  llama: 'Llama',
  qwen2: 'Qwen2',
  qwen3: 'Qwen3',
  smollm3: 'SmolLM3',
  phi3: 'Phi-3',
  gemma3_text: 'Gemma 3',
  granite: 'Granite',
  granitemoehybrid: 'Granite 4',
  lfm2: 'LFM2',
  mistral: 'Mistral',
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
    case 'restarting':
      return 'Starting again';
    case 'working':
      return 'Working';
    case 'queued':
    case 'idle':
      return 'Waiting for its turn';
    case 'done':
      return 'Done';
    case 'skipped':
      return 'Skipped';
    case 'failed':
      return 'Failed';
  }
}

/** How far a model is on its way from the Hub; undefined where it is not under way. */
export function fetched(shelf: Shelf | null, modelId: string): DownloadProgress | undefined {
  const download = shelf?.downloads.of(modelId);
  return download?.kind === 'running' ? (download.progress ?? undefined) : undefined;
}

/** How far a download is: bytes, and what a person who waits wants to know beside them. */
export function weightsText({ bytes, totalBytes, phase, secondsLeft }: DownloadProgress): string {
  const soFar = `${formatBytes(bytes)} of ${formatBytes(totalBytes)}`;
  switch (phase.kind) {
    case 'fetching':
      return secondsLeft === null || secondsLeft < 1
        ? soFar
        : `${soFar}, ${formatDuration(secondsLeft * 1000)} left`;
    case 'checking':
      return `${soFar}, being checked`;
    case 'elsewhere':
      return `${soFar}, in another tab`;
    case 'waiting':
      return `${soFar}; next try in ${formatDuration(phase.forMs)}`;
  }
}
