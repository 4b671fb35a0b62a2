import type { HubModel } from '../hub-model';
import { MIT } from './licences';
import { seeing } from './recipes';

export const GLM_OCR: HubModel = {
  repository: 'onnx-community/GLM-OCR-ONNX',
  revision: 'main',
  name: 'GLM-OCR',
  roles: ['vision'],
  family: 'glm_ocr',
  recipes: {
    'webgpu-f16': [seeing('q4f16', 'q4f16', 'q4f16'), seeing('q4', 'q4', 'q4')],
    webgpu: [seeing('q4', 'q4', 'q4')],
    wasm: [seeing('q8', 'q8', 'q8'), seeing('fp32', 'fp32', 'fp32')],
  },
  licence: MIT,
  summary: 'Reads text in pictures and documents; it does not describe scenes.',
  goodAt: ['text'],
  onlyReads: true,
  trouble: ['Every prompt of this app makes it read; it cannot be asked yes or no.'],
};
