import type { HubModel } from '../hub-model';
import { FOLLOWS_LENGTH } from './languages';
import { LFM } from './licences';
import { seeing } from './recipes';

export const LFM2_5_VL_450M: HubModel = {
  repository: 'onnx-community/LFM2.5-VL-450M-ONNX',
  revision: 'main',
  name: 'LFM2.5-VL 450M',
  roles: ['vision', 'judge'],
  family: 'lfm2_vl',
  recipes: {
    'webgpu-f16': [
      seeing('fp16', 'fp16', 'q4f16'),
      seeing('fp16', 'fp16', 'q4'),
      seeing('q4f16', 'q4f16', 'q4f16'),
    ],
    webgpu: [seeing('fp32', 'fp32', 'q4'), seeing('q4', 'q4', 'q4')],
    wasm: [seeing('q8', 'q8', 'q8'), seeing('fp32', 'fp32', 'fp32')],
  },
  licence: LFM,
  summary: 'As LFM2-VL, newer.',
  goodAt: [],
  trouble: ['Its licence ends for companies above 10 million dollars of revenue.'],
  follows: FOLLOWS_LENGTH,
  picture: { isTiled: false },
};
