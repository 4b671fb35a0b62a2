import type { ModelFamily } from '../../src/models/spec';
import type { VisionFamily } from './family';
import { moondream1 } from './moondream1';
import { phi3V } from './phi3-v';
import { qwen2Vl } from './qwen2-vl';

/** How each architecture that sees is prompted and fed. */
export const VISION_FAMILIES: Readonly<Record<Exclude<ModelFamily, 'llama'>, VisionFamily>> = {
  qwen2_vl: qwen2Vl,
  phi3_v: phi3V,
  moondream1,
};
