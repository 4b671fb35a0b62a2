import type { HubModel } from '../hub-model';
import { MIT } from './licences';
import { whole } from './recipes';

export const PHI_3_5_MINI: HubModel = {
  repository: 'onnx-community/Phi-3.5-mini-instruct-onnx-web',
  revision: 'main',
  name: 'Phi-3.5 mini',
  roles: ['judge'],
  family: 'phi3',
  recipes: {
    'webgpu-f16': [whole('q4f16'), whole('q4')],
    webgpu: [whole('q4')],
    wasm: [whole('q8'), whole('q4')],
  },
  licence: MIT,
  summary: 'A careful judge, large for a browser.',
  goodAt: [],
  trouble: ['It may need shader-f16: for other devices its repository may have no files.'],
};
