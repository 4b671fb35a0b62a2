import type { HubModel } from '../hub-model';
import { FOLLOWS_LENGTH } from './languages';
import { APACHE } from './licences';
import { seeing } from './recipes';

export const SMOLVLM_2B: HubModel = {
  repository: 'HuggingFaceTB/SmolVLM-Instruct',
  revision: 'main',
  name: 'SmolVLM 2.2B',
  roles: ['vision', 'judge'],
  family: 'idefics3',
  recipes: {
    'webgpu-f16': [seeing('fp16', 'q4', 'q4'), seeing('fp16', 'fp16', 'q4f16')],
    webgpu: [seeing('fp32', 'q4', 'q4'), seeing('fp32', 'fp32', 'fp32')],
    wasm: [seeing('q8', 'q8', 'q8'), seeing('fp32', 'fp32', 'fp32')],
  },
  licence: APACHE,
  summary: 'Detailed descriptions and documents, for its size with little memory.',
  goodAt: ['detail', 'text'],
  trouble: ['Chrome on Android has crashed with it on WebGPU.'],
  follows: FOLLOWS_LENGTH,
  picture: { isTiled: false },
};
