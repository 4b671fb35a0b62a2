import type { HubModel } from '../hub-model';
import { FOLLOWS_LENGTH } from './languages';
import { MIT } from './licences';
import { phiSeeing } from './recipes';

export const PHI_3_5_VISION: HubModel = {
  repository: 'onnx-community/Phi-3.5-vision-instruct',
  revision: 'main',
  name: 'Phi-3.5 vision',
  roles: ['vision', 'judge'],
  family: 'phi3_v',
  recipes: {
    'webgpu-f16': [phiSeeing('q4', 'q4', 'q4f16'), phiSeeing('q4', 'q4', 'q4')],
    webgpu: [phiSeeing('q4', 'q4', 'q4')],
    wasm: [phiSeeing('q4', 'q4', 'q4')],
  },
  licence: MIT,
  summary: 'Careful descriptions, charts and text in English.',
  goodAt: ['detail', 'text'],
  trouble: [
    'It has run out of memory on graphics cards with 8 GB.',
    'On the CPU 4-bit weights are several times slower than 8-bit ones.',
  ],
  follows: FOLLOWS_LENGTH,
};
