import * as v from 'valibot';
import type { WorkingShape } from '../core/working-memory';
import { ARCHITECTURES } from './architectures';
import type { ModelFamily, PictureRule } from './spec';

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
const optional = v.fallback(v.optional(count), undefined);

const textSchema = v.object({
  num_hidden_layers: count,
  num_attention_heads: count,
  num_key_value_heads: optional,
  hidden_size: count,
  head_dim: optional,
});

const visionSchema = v.object({
  patch_size: optional,
  image_size: optional,
  spatial_merge_size: optional,
});

/** Where the language model's own part of `config.json` is, by family; some have it at the top. */
const TEXT_PARTS = ['text_config', 'language_config', 'llm_config', 'phi_config'];

/** CLIP ViT-L/14 at 336 px, which most of those use that say nothing of their encoder. */
const CLIP = { patchPx: 14, edgePx: 336 };

/** Pieces that a large picture is cut into, and itself: each is encoded, all are in the prompt. */
const TILES: Partial<Readonly<Record<ModelFamily, number>>> = {
  idefics3: 17,
  smolvlm: 17,
  granite_docling: 17,
  phi3_v: 17,
  lfm2_vl: 11,
};

/** What the processors' own examples bring pictures down to, for families that take any size: as `workers/families` does. */
const GRID_PIXELS = 448 * 448;
const GRID_PIXELS_OF: Partial<Readonly<Record<ModelFamily, number>>> = { glm_ocr: 1024 * 1024 };

/**
 * What a repository's `config.json` says of the memory that its model works in; undefined where it does not.
 * @param config untrusted, as the Hub gave it
 */
export function workingShape(
  config: unknown,
  family: ModelFamily,
  picture?: PictureRule,
): WorkingShape | undefined {
  const text = v.safeParse(textSchema, textPart(config));
  if (!text.success) return undefined;
  const { num_hidden_layers: layers, num_attention_heads: heads, hidden_size } = text.output;
  const cacheHeads = text.output.num_key_value_heads ?? heads;
  const headSize = text.output.head_dim ?? hidden_size / heads;
  const cachePerToken = Math.ceil(2 * layers * cacheHeads * headSize);
  return { cachePerToken, ...encoderShape(config, family, picture) };
}

function textPart(config: unknown): unknown {
  const nested = TEXT_PARTS.map((name) => property(config, name)).find(
    (part) => part !== undefined && v.safeParse(textSchema, part).success,
  );
  return nested ?? config;
}

function encoderShape(
  config: unknown,
  family: ModelFamily,
  picture: PictureRule | undefined,
): Omit<WorkingShape, 'cachePerToken'> {
  const architecture = ARCHITECTURES[family];
  if (!architecture.sees) return { imageTokens: 0, encoderScores: 0 };
  const parsed = v.safeParse(visionSchema, property(config, 'vision_config'));
  const vision = parsed.success ? parsed.output : {};
  const patchPx = vision.patch_size ?? CLIP.patchPx;
  if (architecture.hasGridPositions === true || family === 'glm_ocr') {
    const imagePixels = picture?.maxPixels ?? GRID_PIXELS_OF[family] ?? GRID_PIXELS;
    const patches = Math.ceil(imagePixels / patchPx ** 2);
    const merge = vision.spatial_merge_size ?? 2;
    const imageTokens = Math.ceil(patches / merge ** 2);
    return { imageTokens, encoderScores: patches ** 2, imagePixels };
  }
  const edgePx = vision.image_size ?? CLIP.edgePx;
  const patches = Math.ceil(edgePx / patchPx) ** 2;
  const tiles = picture?.isTiled === false ? 1 : (TILES[family] ?? 1);
  return { imageTokens: tiles * patches, encoderScores: tiles * patches ** 2 };
}

function property(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined;
}
