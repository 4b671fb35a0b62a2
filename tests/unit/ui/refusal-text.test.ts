import { expect, test } from 'vitest';
import type { PlanRefusal } from '../../../src/models/refusal';
import { refusalText } from '../../../src/ui/common/refusal-text';

const CASES: readonly (readonly [PlanRefusal, RegExp])[] = [
  [{ code: 'not-a-model' }, /no model/u],
  [{ code: 'config-unreadable' }, /config\.json/u],
  [{ code: 'no-onnx', found: 'gguf' }, /GGUF.*ONNX/u],
  [{ code: 'no-onnx', found: 'safetensors' }, /safetensors.*ONNX/u],
  [{ code: 'unknown-architecture', architecture: 'internvl' }, /“internvl”/u],
  [{ code: 'no-tokenizer', missing: ['tokenizer.json'] }, /no tokenizer\.json/u],
  [{ code: 'no-processor', missing: ['a.json', 'b.json'] }, /no a\.json and b\.json/u],
  [{ code: 'no-chat-template' }, /chat template.*Instruct/u],
  [{ code: 'parts-missing', missing: ['onnx/model'] }, /onnx\/model is missing/u],
  [{ code: 'external-data-missing', missing: ['onnx/model.onnx_data'] }, /onnx_data is missing/u],
  [
    { code: 'precision-not-offered', precision: 'q8', offered: ['q4', 'fp16'] },
    /as q8.*q4 or fp16/u,
  ],
  [{ code: 'precision-not-offered', precision: 'q8', offered: [] }, /another device/u],
  [{ code: 'precision-broken', precision: 'q4f16' }, /q4f16/u],
  [{ code: 'device-not-supported', runsOn: ['webgpu-f16', 'webgpu'] }, /WebGPU only/u],
];

test.each(CASES)('%j is said in a sentence, with what to do', (refusal, pattern) => {
  const { what, next } = refusalText(refusal);
  expect(`${what} ${next}`).toMatch(pattern);
  for (const sentence of [what, next]) expect(sentence).toMatch(/^[A-Z“].*\.$/u);
});
