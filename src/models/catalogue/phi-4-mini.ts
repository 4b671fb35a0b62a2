import type { HubModel } from '../hub-model';
import { MIT } from './licences';
import { whole } from './recipes';

export const PHI_4_MINI: HubModel = {
  repository: 'onnx-community/Phi-4-mini-instruct-web-q4f16',
  revision: 'main',
  name: 'Phi-4 mini',
  roles: ['judge'],
  family: 'phi3',
  recipes: {
    'webgpu-f16': [whole('q4f16')],
    webgpu: [whole('q4')],
    wasm: [whole('q8'), whole('q4')],
  },
  licence: MIT,
  summary: 'A careful judge in many languages, large for a browser.',
  goodAt: [],
  trouble: ['Its repository is made for graphics devices with 16-bit numbers.'],
};
