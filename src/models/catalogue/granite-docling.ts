import type { HubModel } from '../hub-model';
import { APACHE } from './licences';
import { seeing } from './recipes';

export const GRANITE_DOCLING: HubModel = {
  repository: 'onnx-community/granite-docling-258M-ONNX',
  revision: 'main',
  name: 'Granite Docling 258M',
  roles: ['vision'],
  family: 'granite_docling',
  recipes: {
    'webgpu-f16': [seeing('fp16', 'fp32', 'fp32'), seeing('fp32', 'fp32', 'fp32')],
    webgpu: [seeing('fp32', 'fp32', 'fp32')],
    wasm: [seeing('fp32', 'fp32', 'fp32'), seeing('q8', 'q8', 'q8')],
  },
  broken: ['q4f16'],
  licence: APACHE,
  summary:
    'Turns pages into text with their headings, lists and tables; for documents, not for scenes.',
  goodAt: ['text'],
  onlyReads: true,
  trouble: ['At 4 bits with 16-bit numbers its answers are garbled.'],
  picture: { isTiled: true },
};
