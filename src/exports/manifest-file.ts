import * as v from 'valibot';
import type { RunManifest } from '../core/manifest';
import { NO_WISHES } from '../core/wishes';
import { calibratedSchema } from '../storage/calibration-schema';
import { runSchema, wishesSchema } from '../storage/run-schema';

/** Why a file is no manifest, as the end of a sentence. */
export class ManifestFileError extends Error {}

const MOST_BYTES = 16 * 1024 ** 2;
/** No context of a model here is longer. */
const MOST_TOKENS = 4096;

const { models, prompts, judge, judgeMode, decode, device, threads, environment } =
  runSchema.entries;
const { skipDescribed, again, judgedAgain, precisionChoice, replanned, earlierJudges } =
  runSchema.entries;
const manifestSchema = v.object({
  format: v.literal('vlm-image-analysis/run-manifest'),
  version: v.literal(1),
  name: v.string(),
  createdAt: v.string(),
  images: v.array(v.object({ name: v.string(), sha256: v.string(), bytes: v.number() })),
  models,
  prompts: v.pipe(prompts, v.minLength(1)),
  judge,
  judgeMode,
  decode: v.pipe(
    decode,
    v.check(({ maxNewTokens: most }) => Number.isInteger(most) && most >= 8 && most <= MOST_TOKENS),
  ),
  device,
  threads,
  environment,
  // Manifests of 0.2 knew no wishes, no choice of precision, and nothing that was asked for, planned or counted again.
  precisionChoice: v.optional(precisionChoice.wrapped, 'auto'),
  wishes: v.optional(wishesSchema, NO_WISHES),
  skipDescribed: v.optional(skipDescribed.wrapped, false),
  again: v.optional(again.wrapped, []),
  judgedAgain: v.optional(judgedAgain.wrapped, []),
  replanned: v.optional(replanned.wrapped, []),
  earlierJudges: v.optional(earlierJudges.wrapped, []),
  calibrated: v.optional(v.array(calibratedSchema), []),
});
const headSchema = v.object({ format: v.string(), version: v.number() });

/** @throws ManifestFileError where the file is no manifest, or one of a newer version */
export async function fromManifestFile(file: Blob): Promise<RunManifest> {
  if (file.size > MOST_BYTES) throw new ManifestFileError('it is larger than 16 MB');
  const value = parsed(await file.text());
  const head = v.safeParse(headSchema, value);
  if (!head.success || head.output.format !== manifestSchema.entries.format.literal)
    throw new ManifestFileError('it is JSON, but no manifest of a run');
  if (head.output.version !== manifestSchema.entries.version.literal)
    throw new ManifestFileError('a newer version of the app wrote it; reload to get that version');
  const manifest = v.safeParse(manifestSchema, value);
  if (manifest.success) return manifest.output;
  const where = v.getDotPath(manifest.issues[0]) ?? '';
  throw new ManifestFileError(
    `its part “${where}” is missing or not what it should be; save it from the app once more`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ManifestFileError('it is no JSON, or a damaged file', { cause: error });
  }
}
