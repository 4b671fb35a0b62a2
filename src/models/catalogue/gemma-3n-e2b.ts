import type { HubModel } from '../hub-model';
import { FOLLOWS_ALL } from './languages';
import { GEMMA } from './licences';
import { seeingAndHearing } from './recipes';

export const GEMMA_3N_E2B: HubModel = {
  repository: 'onnx-community/gemma-3n-E2B-it-ONNX',
  revision: 'main',
  name: 'Gemma 3n E2B',
  roles: ['vision', 'judge'],
  family: 'gemma3n',
  recipes: {
    'webgpu-f16': [seeingAndHearing('q4')],
    webgpu: [seeingAndHearing('q4')],
    wasm: [],
  },
  broken: ['q4f16'],
  licence: GEMMA,
  summary: 'Detailed descriptions in many languages; also hears, which is not used here.',
  goodAt: ['detail'],
  trouble: [
    'It is too large for the memory that the CPU has in a browser.',
    'At 4 bits with 16-bit numbers it does not start.',
  ],
  follows: FOLLOWS_ALL,
};
