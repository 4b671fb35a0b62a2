import type { HubModel } from '../hub-model';
import { GEMMA } from './licences';
import { whole } from './recipes';

export const GEMMA_3_1B: HubModel = {
  repository: 'onnx-community/gemma-3-1b-it-ONNX',
  revision: 'main',
  name: 'Gemma 3 1B',
  roles: ['judge'],
  family: 'gemma3_text',
  recipes: {
    'webgpu-f16': [whole('q4f16'), whole('q4')],
    webgpu: [whole('q4')],
    wasm: [whole('q8'), whole('fp32')],
  },
  licence: GEMMA,
  summary: 'A small fluent judge.',
  goodAt: [],
  trouble: [],
  judgeBudget: { maxSubjects: 16, maxWordsPerDescription: 100, maxDescriptionsPerModel: 2 },
};
