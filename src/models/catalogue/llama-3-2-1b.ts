import type { HubModel } from '../hub-model';
import { LLAMA } from './licences';
import { whole } from './recipes';

export const LLAMA_3_2_1B: HubModel = {
  repository: 'onnx-community/Llama-3.2-1B-Instruct-ONNX',
  revision: 'main',
  name: 'Llama 3.2 1B',
  roles: ['judge'],
  family: 'llama',
  recipes: {
    'webgpu-f16': [whole('q4f16'), whole('q4')],
    webgpu: [whole('q4')],
    wasm: [whole('q8'), whole('fp32')],
  },
  licence: LLAMA,
  summary: 'A fluent judge in English and seven more languages.',
  goodAt: [],
  trouble: [],
  judgeBudget: { maxSubjects: 16, maxWordsPerDescription: 100, maxDescriptionsPerModel: 2 },
};
