import type { HubModel } from '../hub-model';
import { MIT } from './licences';
import { translating } from './recipes';

export const FLORENCE_2_LARGE: HubModel = {
  repository: 'onnx-community/Florence-2-large-ft',
  revision: 'main',
  name: 'Florence-2 large',
  roles: ['vision'],
  family: 'florence2',
  recipes: {
    'webgpu-f16': [translating('fp16', 'fp16', 'q4', 'q4')],
    webgpu: [translating('fp32', 'fp32', 'q4', 'q4')],
    wasm: [translating('fp32', 'fp32', 'fp32', 'q8'), translating('fp32', 'fp32', 'fp32', 'fp32')],
  },
  licence: MIT,
  summary: 'Captions, lists of objects and printed text, quickly; it knows tasks, not questions.',
  goodAt: ['text', 'counts'],
  trouble: [
    'Each prompt is mapped to the task that comes nearest, so prompts of your own all get its longest description.',
    'It cannot be asked yes or no about claims.',
    'It is very sensitive to low precision in its encoder.',
  ],
};
