import type { HubModel } from '../hub-model';
import { SMOLVLM_256M } from './smolvlm-256m';
import { SMOLVLM_500M } from './smolvlm-500m';
import { SMOLVLM_2B } from './smolvlm-2b';
import { SMOLVLM2_256M } from './smolvlm2-256m';
import { SMOLVLM2_500M } from './smolvlm2-500m';
import { SMOLVLM2_2B } from './smolvlm2-2b';
import { GRANITE_DOCLING } from './granite-docling';
import { QWEN2_VL_2B } from './qwen2-vl-2b';
import { QWEN2_5_VL_3B } from './qwen2-5-vl-3b';
import { QWEN3_VL_2B } from './qwen3-vl-2b';
import { QWEN3_5_0_8B } from './qwen3-5-0-8b';
import { QWEN3_5_2B } from './qwen3-5-2b';
import { PHI_3_5_VISION } from './phi-3-5-vision';
import { PHI_3_VISION } from './phi-3-vision';
import { MOONDREAM2 } from './moondream2';
import { FLORENCE_2_BASE } from './florence-2-base';
import { FLORENCE_2_LARGE } from './florence-2-large';
import { LFM2_VL_450M } from './lfm2-vl-450m';
import { LFM2_5_VL_450M } from './lfm2-5-vl-450m';
import { FASTVLM_0_5B } from './fastvlm-0-5b';
import { GEMMA_3N_E2B } from './gemma-3n-e2b';
import { GEMMA_4_E2B } from './gemma-4-e2b';
import { GEMMA_4_E4B } from './gemma-4-e4b';
import { GLM_OCR } from './glm-ocr';
import { QWEN3_0_6B } from './qwen3-0-6b';
import { QWEN3_1_7B } from './qwen3-1-7b';
import { SMOLLM2_360M } from './smollm2-360m';
import { SMOLLM2_1_7B } from './smollm2-1-7b';
import { SMOLLM3_3B } from './smollm3-3b';
import { LLAMA_3_2_1B } from './llama-3-2-1b';
import { PHI_3_5_MINI } from './phi-3-5-mini';
import { PHI_4_MINI } from './phi-4-mini';
import { GEMMA_3_270M } from './gemma-3-270m';
import { GEMMA_3_1B } from './gemma-3-1b';
import { GRANITE_4_350M } from './granite-4-350m';
import { GRANITE_4_1B } from './granite-4-1b';
import { GRANITE_4_MICRO } from './granite-4-micro';

/** The full-size models of the Hub, in display order: those that see, smallest first, then judges. */
export const CATALOGUE: readonly HubModel[] = [
  SMOLVLM_256M,
  SMOLVLM_500M,
  SMOLVLM_2B,
  SMOLVLM2_256M,
  SMOLVLM2_500M,
  SMOLVLM2_2B,
  GRANITE_DOCLING,
  QWEN2_VL_2B,
  QWEN2_5_VL_3B,
  QWEN3_VL_2B,
  QWEN3_5_0_8B,
  QWEN3_5_2B,
  PHI_3_5_VISION,
  PHI_3_VISION,
  MOONDREAM2,
  FLORENCE_2_BASE,
  FLORENCE_2_LARGE,
  LFM2_VL_450M,
  LFM2_5_VL_450M,
  FASTVLM_0_5B,
  GEMMA_3N_E2B,
  GEMMA_4_E2B,
  GEMMA_4_E4B,
  GLM_OCR,
  QWEN3_0_6B,
  QWEN3_1_7B,
  SMOLLM2_360M,
  SMOLLM2_1_7B,
  SMOLLM3_3B,
  LLAMA_3_2_1B,
  PHI_3_5_MINI,
  PHI_4_MINI,
  GEMMA_3_270M,
  GEMMA_3_1B,
  GRANITE_4_350M,
  GRANITE_4_1B,
  GRANITE_4_MICRO,
];

/** The entry of a repository; ids differ by case alone on the Hub never. */
export function catalogued(repository: string): HubModel | undefined {
  const id = repository.toLowerCase();
  return CATALOGUE.find((model) => model.repository.toLowerCase() === id);
}
