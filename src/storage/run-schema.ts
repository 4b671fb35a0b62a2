import * as v from 'valibot';
import { IMAGE_FORMATS } from '../core/image';
import { PRECISION_CHOICES } from '../core/precision';
import { JUDGE_MODES } from '../core/run';
import { LANGUAGE_TAGS, LENGTHS } from '../core/wishes';
import { waySchema } from './way-schema';

export const promptSchema = v.object({
  id: v.string(),
  title: v.string(),
  text: v.string(),
  rationale: v.string(),
  expects: v.picklist(['prose', 'text-table']),
});

const datasetPlaceSchema = v.variant('kind', [
  v.object({
    kind: v.literal('row'),
    dataset: v.string(),
    revision: v.string(),
    config: v.string(),
    split: v.string(),
    row: v.number(),
    column: v.string(),
    index: v.exactOptional(v.number()),
    isCopy: v.exactOptional(v.literal(true)),
  }),
  v.object({
    kind: v.literal('file'),
    dataset: v.string(),
    revision: v.string(),
    path: v.string(),
    entry: v.exactOptional(v.string()),
  }),
]);

const keptFile = { handleId: v.string(), path: v.string(), modifiedAt: v.number() };

export const imageSchema = v.object({
  id: v.string(),
  name: v.string(),
  sha256: v.string(),
  format: v.picklist(IMAGE_FORMATS),
  bytes: v.number(),
  widthPx: v.number(),
  heightPx: v.number(),
  source: v.variant('kind', [
    v.object({ kind: v.literal('sample'), file: v.string() }),
    v.object({ kind: v.literal('copy') }),
    v.object({ kind: v.literal('folder'), ...keptFile }),
    v.object({ kind: v.literal('archive'), ...keptFile }),
    v.object({ kind: v.literal('dataset'), place: datasetPlaceSchema }),
  ]),
  isAnimated: v.exactOptional(v.literal(true)),
  isConverted: v.exactOptional(v.literal(true)),
  reference: v.exactOptional(v.string()),
  sidecar: v.exactOptional(v.string()),
  addedAt: v.number(),
});

const modelSchema = v.object({
  id: v.string(),
  revision: v.string(),
  precision: v.string(),
  alsoAsked: v.exactOptional(v.string()),
  device: v.exactOptional(v.picklist(['webgpu', 'wasm'])),
});

export const wishesSchema = v.object({
  language: v.picklist(LANGUAGE_TAGS),
  length: v.picklist(LENGTHS),
  mostCharacters: v.pipe(v.number(), v.integer(), v.minValue(20), v.maxValue(5000)),
});

export const samplingSchema = v.variant('kind', [
  v.object({ kind: v.literal('greedy') }),
  v.object({
    kind: v.literal('sampled'),
    seed: v.number(),
    temperature: v.number(),
    topP: v.number(),
  }),
]);

const decodeSchema = v.object({
  maxNewTokens: v.number(),
  sampling: samplingSchema,
  repetitionPenalty: v.exactOptional(v.pipe(v.number(), v.minValue(1), v.maxValue(2))),
  maxImagePixels: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

export const runSchema = v.object({
  id: v.string(),
  name: v.string(),
  createdAt: v.number(),
  images: v.array(imageSchema),
  models: v.array(modelSchema),
  prompts: v.array(promptSchema),
  judge: v.nullable(modelSchema),
  // Runs of 0.1 knew support alone.
  judgeMode: v.optional(v.picklist(JUDGE_MODES), 'fuse'),
  decode: decodeSchema,
  device: v.picklist(['webgpu', 'wasm']),
  precisionChoice: v.exactOptional(v.picklist(PRECISION_CHOICES)),
  threads: v.number(),
  environment: v.object({
    versions: v.object({ app: v.string(), transformers: v.string(), onnxruntime: v.string() }),
    browser: v.string(),
    adapter: v.nullable(v.string()),
  }),
  wishes: v.exactOptional(wishesSchema),
  skipDescribed: v.exactOptional(v.boolean()),
  again: v.exactOptional(
    v.array(
      v.object({
        place: v.string(),
        isBeside: v.exactOptional(v.literal(true)),
        model: modelSchema,
        prompt: promptSchema,
        decode: decodeSchema,
        askedAt: v.number(),
      }),
    ),
  ),
  judgedAgain: v.exactOptional(
    v.array(
      v.object({
        imageId: v.string(),
        cellKeys: v.array(v.string()),
        way: v.exactOptional(waySchema),
        askedAt: v.number(),
      }),
    ),
  ),
  replanned: v.exactOptional(
    v.array(v.object({ places: v.array(v.string()), to: modelSchema, plannedAt: v.number() })),
  ),
  earlierJudges: v.exactOptional(v.array(modelSchema)),
  calibrated: v.exactOptional(
    v.array(v.object({ name: v.string(), calibrations: v.unknown(), at: v.number() })),
  ),
  skips: v.exactOptional(
    v.object({ imageIds: v.array(v.string()), modelIds: v.array(v.string()) }),
  ),
});
