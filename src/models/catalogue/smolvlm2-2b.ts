import type { HubModel } from '../hub-model';
import { FOLLOWS_LENGTH } from './languages';
import { APACHE } from './licences';
import { seeing } from './recipes';

export const SMOLVLM2_2B: HubModel = {
  repository: 'HuggingFaceTB/SmolVLM2-2.2B-Instruct',
  revision: 'main',
  name: 'SmolVLM2 2.2B',
  roles: ['vision', 'judge'],
  family: 'smolvlm',
  recipes: {
    'webgpu-f16': [seeing('fp16', 'q4', 'q4'), seeing('fp16', 'fp16', 'q4f16')],
    webgpu: [seeing('fp32', 'q4', 'q4'), seeing('fp32', 'fp32', 'fp32')],
    wasm: [seeing('q8', 'q8', 'q8'), seeing('fp32', 'fp32', 'fp32')],
  },
  licence: APACHE,
  summary: 'Detailed descriptions, documents and pictures of videos.',
  goodAt: ['detail', 'text'],
  trouble: ['Whether its repository has files for the browser is only known when it is asked.'],
  follows: FOLLOWS_LENGTH,
  picture: { isTiled: false },
};
