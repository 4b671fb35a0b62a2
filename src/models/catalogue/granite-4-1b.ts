import type { HubModel } from '../hub-model';
import { APACHE } from './licences';
import { whole } from './recipes';

export const GRANITE_4_1B: HubModel = {
  repository: 'onnx-community/granite-4.0-1b-ONNX-web',
  revision: 'main',
  name: 'Granite 4.0 1B',
  roles: ['judge'],
  family: 'granitemoehybrid',
  recipes: {
    'webgpu-f16': [whole('q4f16'), whole('q4')],
    webgpu: [whole('q4')],
    wasm: [whole('q8'), whole('fp32')],
  },
  licence: APACHE,
  summary: 'A judge that keeps to the form, in twelve languages.',
  goodAt: [],
  trouble: [],
};
