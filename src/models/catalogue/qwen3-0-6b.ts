import type { HubModel } from '../hub-model';
import { APACHE } from './licences';
import { whole } from './recipes';

export const QWEN3_0_6B: HubModel = {
  repository: 'onnx-community/Qwen3-0.6B-ONNX',
  revision: 'main',
  name: 'Qwen3 0.6B',
  roles: ['judge'],
  family: 'qwen3',
  recipes: {
    'webgpu-f16': [whole('q4'), whole('q4f16')],
    webgpu: [whole('q4')],
    wasm: [whole('q8'), whole('fp32')],
  },
  licence: APACHE,
  summary: 'A small judge that follows instructions in many languages.',
  goodAt: [],
  trouble: ['It thinks aloud unless told not to; it is told.'],
  judgeBudget: { maxSubjects: 16, maxWordsPerDescription: 100, maxDescriptionsPerModel: 2 },
};
