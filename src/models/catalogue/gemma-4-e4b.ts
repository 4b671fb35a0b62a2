import type { HubModel } from '../hub-model';
import { FOLLOWS_ALL } from './languages';
import { APACHE } from './licences';
import { seeingAndHearing } from './recipes';

export const GEMMA_4_E4B: HubModel = {
  repository: 'onnx-community/gemma-4-E4B-it-ONNX',
  revision: 'main',
  name: 'Gemma 4 E4B',
  roles: ['vision', 'judge'],
  family: 'gemma4',
  recipes: {
    'webgpu-f16': [seeingAndHearing('q4f16'), seeingAndHearing('q4')],
    webgpu: [seeingAndHearing('q4')],
    wasm: [],
  },
  licence: APACHE,
  summary: 'Detailed descriptions and reasoning in many languages; a strong judge.',
  goodAt: ['detail', 'text'],
  trouble: [
    'It is too large for the memory that the CPU has in a browser.',
    'Without a picture it has given empty answers at 4 bits with 16-bit numbers.',
  ],
  follows: FOLLOWS_ALL,
};
