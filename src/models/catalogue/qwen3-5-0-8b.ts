import type { HubModel } from '../hub-model';
import { FOLLOWS_ALL } from './languages';
import { APACHE } from './licences';
import { seeing } from './recipes';

export const QWEN3_5_0_8B: HubModel = {
  repository: 'onnx-community/Qwen3.5-0.8B-ONNX',
  revision: 'main',
  name: 'Qwen3.5 0.8B',
  roles: ['vision', 'judge'],
  family: 'qwen3_5',
  recipes: {
    'webgpu-f16': [seeing('q4', 'fp16', 'q4'), seeing('q4', 'q4', 'q4')],
    webgpu: [seeing('q4', 'fp32', 'q4'), seeing('q4', 'q4', 'q4')],
    wasm: [],
  },
  broken: ['q4f16'],
  licence: APACHE,
  summary: 'Sees and reasons in many languages; small enough for laptops.',
  goodAt: ['detail'],
  trouble: [
    'It needs WebGPU: one of its operators does not exist on the CPU.',
    'At 4 bits with 16-bit numbers it has failed to start.',
    'It has crashed phones.',
  ],
  follows: FOLLOWS_ALL,
};
