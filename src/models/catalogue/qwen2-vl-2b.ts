import type { HubModel } from '../hub-model';
import { FOLLOWS_ALL } from './languages';
import { APACHE } from './licences';
import { seeing } from './recipes';

export const QWEN2_VL_2B: HubModel = {
  repository: 'onnx-community/Qwen2-VL-2B-Instruct',
  revision: 'main',
  name: 'Qwen2-VL 2B',
  roles: ['vision', 'judge'],
  family: 'qwen2_vl',
  recipes: {
    'webgpu-f16': [seeing('q4f16', 'q4f16', 'q4f16'), seeing('q4', 'q4', 'q4')],
    webgpu: [seeing('q4', 'q4', 'q4')],
    wasm: [seeing('q8', 'q8', 'q8')],
  },
  licence: APACHE,
  summary: 'Detailed descriptions, reads text in many languages, follows what it is asked.',
  goodAt: ['detail', 'text'],
  trouble: ['It is heavier than its name says: look at its size first.'],
  follows: FOLLOWS_ALL,
};
