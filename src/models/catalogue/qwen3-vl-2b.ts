import type { HubModel } from '../hub-model';
import { FOLLOWS_ALL } from './languages';
import { APACHE } from './licences';
import { seeing } from './recipes';

export const QWEN3_VL_2B: HubModel = {
  repository: 'onnx-community/Qwen3-VL-2B-Instruct-ONNX',
  revision: 'main',
  name: 'Qwen3-VL 2B',
  roles: ['vision', 'judge'],
  family: 'qwen3_vl',
  recipes: {
    'webgpu-f16': [seeing('q4', 'q4', 'q4'), seeing('q4f16', 'q4f16', 'q4f16')],
    webgpu: [seeing('q4', 'q4', 'q4')],
    wasm: [seeing('q8', 'q8', 'q8')],
  },
  licence: APACHE,
  summary: 'Detailed descriptions and text in many languages, newer than Qwen2.5-VL.',
  goodAt: ['detail', 'text', 'counts'],
  trouble: ['It has been slow on pages full of text, and ran in circles on tables.'],
  follows: FOLLOWS_ALL,
};
