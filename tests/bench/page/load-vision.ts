import type { Device } from '../../../src/core/run';
import { loadRequest } from '../../../src/models/load-request';
import { modelById } from '../../../src/models/registry';
import { prefill } from '../../../workers/engine/generate';
import { pixelsOf } from '../../../workers/engine/look';
import { configureRuntime } from '../../../workers/engine/runtime';
import type { LoadedVision, PreparedImage } from '../../../workers/families/family';
import { visionFamily } from '../../../workers/families/registry';

/** A vision model from the store, as the app's worker loads it; one thread. */
export async function loadVision(modelId: string, device: Device = 'wasm'): Promise<LoadedVision> {
  const { revision } = modelById(modelId) ?? { revision: '' };
  const request = loadRequest({ modelId, revision, device, threads: 1 });
  const family = visionFamily(request.family);
  if (family === undefined) throw new Error(`${modelId} does not see`);
  configureRuntime(request, device, 1);
  return family.load(request);
}

export function preprocess(loaded: LoadedVision, image: Blob): Promise<PreparedImage> {
  return pixelsOf(loaded, image, {});
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
