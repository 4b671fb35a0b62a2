import * as v from 'valibot';
import { CLAIM_KINDS } from '../core/claims';
import { LANGUAGE_TAGS } from '../core/wishes';
import type { ModelFamily, ModelSpec, Precision } from '../models/spec';
import { calibrationSchema } from './calibration-schema';

const text = v.pipe(v.string(), v.nonEmpty());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Names a folder of the store and part of an address: no separators of either. */
const id = v.pipe(v.string(), v.regex(/^\w[\w.-]*(?:[/:]\w[\w.-]*)*$/u));

const PRECISIONS = [
  'fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4',
] as const satisfies readonly Precision[]; // prettier-ignore
const precision = v.picklist(PRECISIONS);

export const fileSchema = v.intersect([
  v.object({ path: text, bytes: count }),
  v.union([
    v.object({ sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u)) }),
    v.object({ gitOid: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/u)) }),
  ]),
]);

/** Every field of a spec has its line here: one without would be lost in the store, so leaving one out does not compile. */
const specEntries = {
  id,
  name: text,
  role: v.picklist(['vision', 'judge']),
  // Whether this version of the app knows the family is seen where the model is loaded.
  family: v.custom<ModelFamily>((value) => typeof value === 'string' && value !== ''),
  revision: v.pipe(v.string(), v.regex(/^[0-9a-f]{6,64}$/u)),
  precision,
  parts: v.exactOptional(v.record(v.string(), precision)),
  files: v.array(fileSchema),
  source: v.variant('kind', [
    v.object({ kind: v.literal('page'), basePath: text }),
    v.object({ kind: v.literal('hub'), repository: text }),
  ]),
  licence: v.string(),
  summary: v.string(),
  figures: v.object({
    objectsF1: v.exactOptional(v.number()),
    parameters: v.exactOptional(v.number()),
  }),
  working: v.exactOptional(
    v.object({
      cachePerToken: v.number(),
      imageTokens: v.number(),
      encoderScores: v.number(),
      imagePixels: v.exactOptional(v.number()),
    }),
  ),
  checks: v.exactOptional(v.array(v.picklist(CLAIM_KINDS))),
  calibration: v.exactOptional(calibrationSchema),
  follows: v.exactOptional(
    v.object({
      languages: v.exactOptional(v.array(v.picklist(LANGUAGE_TAGS))),
      length: v.exactOptional(v.boolean()),
    }),
  ),
  picture: v.exactOptional(
    v.object({
      isSquared: v.exactOptional(v.boolean()),
      maxPixels: v.exactOptional(count),
      isTiled: v.exactOptional(v.boolean()),
    }),
  ),
  alsoJudges: v.exactOptional(v.boolean()),
  judgeBudget: v.exactOptional(
    v.object({
      maxSubjects: count,
      maxWordsPerDescription: count,
      maxDescriptionsPerModel: count,
    }),
  ),
  isHeldToClaims: v.exactOptional(v.boolean()),
} satisfies Record<
  keyof ModelSpec,
  v.GenericSchema | v.ExactOptionalSchema<v.GenericSchema, undefined>
>;

export const specSchema = v.object(specEntries) satisfies v.GenericSchema<unknown, ModelSpec>;
