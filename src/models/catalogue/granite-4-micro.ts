import type { HubModel } from '../hub-model';
import { APACHE } from './licences';
import { whole } from './recipes';

export const GRANITE_4_MICRO: HubModel = {
  repository: 'onnx-community/granite-4.0-micro-ONNX-web',
  revision: 'main',
  name: 'Granite 4.0 Micro 3B',
  roles: ['judge'],
  family: 'granitemoehybrid',
  recipes: {
    'webgpu-f16': [whole('q4f16'), whole('q4')],
    webgpu: [whole('q4')],
    wasm: [whole('q8'), whole('fp32')],
  },
  licence: APACHE,
  summary: 'The largest Granite judge.',
  goodAt: [],
  trouble: [],
};
