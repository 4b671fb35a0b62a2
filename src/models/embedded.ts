import type { ClaimKind } from '../core/claims';
import type { ModelCalibration } from '../core/evidence/calibration';
import calibration from './calibration.json';
import embedded from './embedded.json';
import type { ModelFamily, ModelFigures, ModelFile, ModelSpec } from './spec';

interface EmbeddedEntry {
  readonly revision: string;
  readonly files: readonly ModelFile[];
  readonly figures: ModelFigures;
}

type EmbeddedName = keyof typeof embedded;

/** Written by `training/` at every export: hashes and figures of what lies in `public/models`. */
const entries: Record<EmbeddedName, EmbeddedEntry> = embedded;

/** Fitted by `training/fit_calibration.py` on scenes that no model was trained on. */
const calibrations: Partial<Record<EmbeddedName, ModelCalibration>> = calibration;

/** They were trained to answer yes/no questions of these kinds; a sign's text they read or don't. */
const CHECKS: readonly ClaimKind[] = ['object', 'count', 'relation', 'attribute', 'overall'];

function embeddedSpec(
  name: EmbeddedName,
  family: ModelFamily,
  text: Pick<ModelSpec, 'name' | 'role' | 'summary' | 'judgeBudget' | 'isHeldToClaims'>,
): ModelSpec {
  return {
    id: `embedded/${name}`,
    family,
    precision: 'q8',
    source: { kind: 'page', basePath: `models/${name}` },
    licence: 'MIT',
    ...entries[name],
    ...(family === 'llama'
      ? {}
      : { checks: CHECKS, calibration: calibrations[name] ?? {}, picture: { isSquared: true } }),
    ...text,
  };
}

/** Small models trained by this project; they come with the app and need no download from elsewhere. */
export const EMBEDDED_MODELS: readonly ModelSpec[] = [
  embeddedSpec('mini-qwen2-vl', 'qwen2_vl', {
    name: 'Mini Qwen2-VL',
    role: 'vision',
    summary:
      'Learned from Noto and Fluent drawings: names, counts and places of 227 kinds of objects.',
  }),
  embeddedSpec('mini-phi3-v', 'phi3_v', {
    name: 'Mini Phi-3-V',
    role: 'vision',
    summary:
      'Learned from Firefox, early Noto and Streamline drawings: 227 kinds of objects with their sizes. Reads signs.',
  }),
  embeddedSpec('mini-moondream', 'moondream1', {
    name: 'Mini Moondream',
    role: 'vision',
    summary:
      'Learned from Twemoji and Noto drawings: names, counts and places of 227 kinds of objects.',
  }),
  embeddedSpec('mini-judge', 'llama', {
    name: 'Mini judge',
    role: 'judge',
    summary: 'Turns the claims that the models agree on into one short description.',
    judgeBudget: { maxSubjects: 10, maxWordsPerDescription: 8, maxDescriptionsPerModel: 1 },
    isHeldToClaims: true,
  }),
];
