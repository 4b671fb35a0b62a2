import type { HubModel } from '../hub-model';
import { APACHE } from './licences';
import { whole } from './recipes';

export const GRANITE_4_350M: HubModel = {
  repository: 'onnx-community/granite-4.0-350m-ONNX-web',
  revision: 'main',
  name: 'Granite 4.0 350M',
  roles: ['judge'],
  family: 'granitemoehybrid',
  recipes: {
    'webgpu-f16': [whole('fp16'), whole('q4f16')],
    webgpu: [whole('fp32'), whole('q4')],
    wasm: [whole('q8'), whole('fp32')],
  },
  licence: APACHE,
  summary: 'A very small judge that keeps to the form.',
  goodAt: [],
  trouble: ['Models of this size drop and invent facts; the claims stay as weighed.'],
  judgeBudget: { maxSubjects: 12, maxWordsPerDescription: 60, maxDescriptionsPerModel: 1 },
};
