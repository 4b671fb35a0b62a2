import type { HubModel } from '../hub-model';
import { GEMMA } from './licences';
import { whole } from './recipes';

export const GEMMA_3_270M: HubModel = {
  repository: 'onnx-community/gemma-3-270m-it-ONNX',
  revision: 'main',
  name: 'Gemma 3 270M',
  roles: ['judge'],
  family: 'gemma3_text',
  recipes: {
    'webgpu-f16': [whole('fp32'), whole('q4')],
    webgpu: [whole('fp32'), whole('q4')],
    wasm: [whole('q8'), whole('fp32')],
  },
  licence: GEMMA,
  summary: 'The smallest judge of the list.',
  goodAt: [],
  trouble: ['Models of this size drop and invent facts; the claims stay as weighed.'],
  judgeBudget: { maxSubjects: 12, maxWordsPerDescription: 60, maxDescriptionsPerModel: 1 },
};
