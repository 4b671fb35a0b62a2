import type { HubModel } from '../hub-model';
import { APACHE } from './licences';
import { seeing } from './recipes';

export const MOONDREAM2: HubModel = {
  repository: 'Xenova/moondream2',
  revision: 'main',
  name: 'Moondream 2',
  roles: ['vision'],
  family: 'moondream1',
  recipes: {
    'webgpu-f16': [
      seeing('fp16', 'fp16', 'q4f16'),
      seeing('fp16', 'fp16', 'q4'),
      seeing('fp16', 'q4', 'q4'),
    ],
    webgpu: [seeing('fp32', 'q4', 'q4'), seeing('fp32', 'fp32', 'q4')],
    wasm: [seeing('q8', 'q8', 'q8')],
  },
  licence: APACHE,
  summary: 'Answers questions about pictures in a sentence or two; an early version of 2024.',
  goodAt: ['counts'],
  trouble: [
    'It is slow for its size.',
    'Its own recipes stopped working in 2025: it needs 729 image tokens, which this app counts out.',
  ],
};
