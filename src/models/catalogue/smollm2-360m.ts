import type { HubModel } from '../hub-model';
import { APACHE } from './licences';
import { whole } from './recipes';

export const SMOLLM2_360M: HubModel = {
  repository: 'HuggingFaceTB/SmolLM2-360M-Instruct',
  revision: 'main',
  name: 'SmolLM2 360M',
  roles: ['judge'],
  family: 'llama',
  recipes: {
    'webgpu-f16': [whole('q4'), whole('q4f16')],
    webgpu: [whole('q4')],
    wasm: [whole('q8'), whole('fp32')],
  },
  licence: APACHE,
  summary: 'A very small judge: it often copies where it should fuse.',
  goodAt: [],
  trouble: ['Models of this size drop and invent facts; the claims stay as weighed.'],
  judgeBudget: { maxSubjects: 12, maxWordsPerDescription: 60, maxDescriptionsPerModel: 1 },
};
