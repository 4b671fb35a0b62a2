import type { HubModel } from '../hub-model';
import { FOLLOWS_ALL } from './languages';
import { QWEN_RESEARCH } from './licences';
import { seeing } from './recipes';

export const QWEN2_5_VL_3B: HubModel = {
  repository: 'onnx-community/Qwen2.5-VL-3B-Instruct-ONNX',
  revision: 'main',
  name: 'Qwen2.5-VL 3B',
  roles: ['vision', 'judge'],
  family: 'qwen2_5_vl',
  recipes: {
    'webgpu-f16': [seeing('q4f16', 'q4f16', 'q4f16'), seeing('q4', 'q4', 'q4')],
    webgpu: [seeing('q4', 'q4', 'q4')],
    wasm: [seeing('q8', 'q8', 'q8')],
  },
  licence: QWEN_RESEARCH,
  summary: 'Detailed descriptions, documents and tables in many languages; a strong judge.',
  goodAt: ['detail', 'text', 'counts'],
  trouble: [
    'Its licence allows research only.',
    'Penalties for repetition have damaged repeated labels; none is used here.',
  ],
  follows: FOLLOWS_ALL,
};
