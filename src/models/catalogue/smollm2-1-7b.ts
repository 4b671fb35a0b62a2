import type { HubModel } from '../hub-model';
import { APACHE } from './licences';
import { whole } from './recipes';

export const SMOLLM2_1_7B: HubModel = {
  repository: 'HuggingFaceTB/SmolLM2-1.7B-Instruct',
  revision: 'main',
  name: 'SmolLM2 1.7B',
  roles: ['judge'],
  family: 'llama',
  recipes: {
    'webgpu-f16': [whole('q4f16'), whole('q4')],
    webgpu: [whole('q4')],
    wasm: [whole('q8'), whole('fp32')],
  },
  licence: APACHE,
  summary: 'A plain judge in English.',
  goodAt: [],
  trouble: [],
};
