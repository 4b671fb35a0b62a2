import type { HubModel } from '../hub-model';
import { FOLLOWS_LENGTH } from './languages';
import { APPLE_RESEARCH } from './licences';
import { seeing } from './recipes';

export const FASTVLM_0_5B: HubModel = {
  repository: 'onnx-community/FastVLM-0.5B-ONNX',
  revision: 'main',
  name: 'FastVLM 0.5B',
  roles: ['vision', 'judge'],
  family: 'llava_qwen2',
  recipes: {
    'webgpu-f16': [seeing('fp16', 'q4', 'q4'), seeing('q4f16', 'q4f16', 'q4f16')],
    webgpu: [seeing('fp32', 'q4', 'q4')],
    wasm: [seeing('q8', 'q8', 'q8'), seeing('fp32', 'fp32', 'q8')],
  },
  licence: APPLE_RESEARCH,
  summary: 'Very quick to look at large pictures; short descriptions.',
  goodAt: [],
  trouble: ['Its licence allows research only.'],
  follows: FOLLOWS_LENGTH,
};
