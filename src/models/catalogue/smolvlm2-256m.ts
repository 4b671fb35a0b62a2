import type { HubModel } from '../hub-model';
import { APACHE } from './licences';
import { seeing } from './recipes';

export const SMOLVLM2_256M: HubModel = {
  repository: 'HuggingFaceTB/SmolVLM2-256M-Video-Instruct',
  revision: 'main',
  name: 'SmolVLM2 256M',
  roles: ['vision', 'judge'],
  family: 'smolvlm',
  recipes: {
    'webgpu-f16': [seeing('fp16', 'q4', 'q4'), seeing('fp16', 'fp16', 'q4f16')],
    webgpu: [seeing('fp32', 'q4', 'q4'), seeing('fp32', 'fp32', 'fp32')],
    wasm: [seeing('q8', 'q8', 'q8'), seeing('fp32', 'fp32', 'fp32')],
  },
  licence: APACHE,
  summary: 'The second smallest SmolVLM, trained on pictures of videos too.',
  goodAt: [],
  trouble: ['It keeps poorly to lists, tables and other forms.'],
  picture: { isTiled: false },
};
