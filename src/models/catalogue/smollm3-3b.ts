import type { HubModel } from '../hub-model';
import { APACHE } from './licences';
import { whole } from './recipes';

export const SMOLLM3_3B: HubModel = {
  repository: 'HuggingFaceTB/SmolLM3-3B-ONNX',
  revision: 'main',
  name: 'SmolLM3 3B',
  roles: ['judge'],
  family: 'smollm3',
  recipes: {
    'webgpu-f16': [whole('q4'), whole('q4f16')],
    webgpu: [whole('q4')],
    wasm: [whole('q8'), whole('fp32')],
  },
  licence: APACHE,
  summary: 'A judge in six European languages.',
  goodAt: [],
  trouble: ['It thinks aloud unless told not to; it is told.'],
};
