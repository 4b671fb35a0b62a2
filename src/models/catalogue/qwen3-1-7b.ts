import type { HubModel } from '../hub-model';
import { APACHE } from './licences';
import { whole } from './recipes';

export const QWEN3_1_7B: HubModel = {
  repository: 'onnx-community/Qwen3-1.7B-ONNX',
  revision: 'main',
  name: 'Qwen3 1.7B',
  roles: ['judge'],
  family: 'qwen3',
  recipes: {
    'webgpu-f16': [whole('q4'), whole('q4f16')],
    webgpu: [whole('q4')],
    wasm: [whole('q8'), whole('fp32')],
  },
  licence: APACHE,
  summary: 'A judge that weighs and writes well for its size.',
  goodAt: [],
  trouble: ['It thinks aloud unless told not to; it is told.'],
};
