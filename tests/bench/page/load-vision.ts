import { modelById } from '../../../src/models/registry';
import { prefill } from '../../../workers/engine/generate';
import { squarePicture } from '../../../workers/engine/picture';
import { configureRuntime } from '../../../workers/engine/runtime';
import type { LoadedVision, PreparedImage } from '../../../workers/families/family';
import { VISION_FAMILIES } from '../../../workers/families/registry';

/** A vision model from the store, as the app's worker loads it: WASM, one thread. */
export async function loadVision(modelId: string): Promise<LoadedVision> {
  const spec = modelById(modelId);
  if (spec === undefined || spec.family === 'llama') throw new Error(`${modelId} does not see`);
  const { revision, precision } = spec;
  configureRuntime({ modelId, revision }, 'wasm', 1);
  const options = { modelId, revision, precision, device: 'wasm' } as const;
  return VISION_FAMILIES[spec.family].load(options);
}

export async function preprocess(loaded: LoadedVision, image: Blob): Promise<PreparedImage> {
  return loaded.prepare(await squarePicture(image, loaded.squarePx));
}

/** KV cache of the prompt up to the end of the picture. */
export async function prefixOf(
  loaded: LoadedVision,
  seen: PreparedImage,
): ReturnType<typeof prefill> {
  const blank = loaded.prompt('', seen);
  const length = loaded.prefixLength(blank);
  return prefill(loaded.model, {
    input_ids: blank.input_ids.slice(null, [0, length]),
    attention_mask: blank.attention_mask.slice(null, [0, length]),
    ...seen.vision,
    ...seen.always,
  });
}
