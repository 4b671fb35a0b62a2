import type { HubModel } from '../hub-model';
import { APACHE } from './licences';
import { seeing } from './recipes';

export const SMOLVLM_256M: HubModel = {
  repository: 'HuggingFaceTB/SmolVLM-256M-Instruct',
  revision: 'main',
  name: 'SmolVLM 256M',
  roles: ['vision', 'judge'],
  family: 'idefics3',
  recipes: {
    'webgpu-f16': [seeing('fp16', 'q4', 'q4'), seeing('fp16', 'fp16', 'q4f16')],
    webgpu: [seeing('fp32', 'q4', 'q4'), seeing('fp32', 'fp32', 'fp32')],
    wasm: [seeing('q8', 'q8', 'q8'), seeing('fp32', 'fp32', 'fp32')],
  },
  licence: APACHE,
  summary:
    'The smallest that sees in general: short descriptions of plain scenes, on almost any device.',
  goodAt: [],
  trouble: [
    'It keeps poorly to lists, tables and other forms.',
    'Chrome on Android has crashed with it on WebGPU.',
  ],
  picture: { isTiled: false },
};
