import { expect, test } from 'vitest';
import { EMBEDDED_MODELS } from '../../../src/models/embedded';
import { bytesOfParts, partOf, precisionName, precisionOfParts } from '../../../src/models/parts';

test.each([
  ['onnx/model.onnx', 'model'],
  ['onnx/model_quantized.onnx', 'model'],
  ['onnx/decoder_model_merged_q4f16.onnx', 'decoder_model_merged'],
  ['onnx/decoder_model_merged_q4f16.onnx_data', 'decoder_model_merged'],
  ['onnx/decoder_model_merged_fp16.onnx_data_12', 'decoder_model_merged'],
  ['onnx/vision_encoder_bnb4.onnx', 'vision_encoder'],
  ['onnx/prepare_inputs_embeds_q4.onnx', 'prepare_inputs_embeds'],
  ['config.json', undefined],
  ['model.onnx', undefined],
  ['onnx/notes.txt', undefined],
])('%s belongs to %s', (path, part) => {
  expect(partOf(path)).toBe(part);
});

test('graph and external data are counted together, other files not at all', () => {
  const file = (path: string, bytes: number) => ({ path, bytes, sha256: '' });
  const files = [
    file('config.json', 1),
    file('onnx/a_q4.onnx', 10),
    file('onnx/a_q4.onnx_data', 20),
    file('onnx/a_q4.onnx_data_1', 30),
    file('onnx/b_fp16.onnx', 5),
  ];
  expect(bytesOfParts(files)).toEqual({ a: 60, b: 5 });
  expect(precisionOfParts({ files, precision: 'q4', parts: { b: 'fp16' } })).toEqual({
    a: 'q4',
    b: 'fp16',
  });
});

test('every embedded model has parts', () => {
  for (const { files } of EMBEDDED_MODELS)
    expect(Object.keys(bytesOfParts(files)).length).toBeGreaterThan(0);
});

test('variants that differ in any part have different names, alike ones the same', () => {
  expect(precisionName({ precision: 'q8' })).toBe('q8');
  expect(precisionName({ precision: 'q4', parts: { a: 'q4', b: 'q4' } })).toBe('q4');
  const mixed = {
    vision_encoder: 'fp16',
    embed_tokens: 'fp32',
    decoder_model_merged: 'q4',
  } as const;
  expect(precisionName({ precision: 'q4', parts: mixed })).toBe(
    'q4 (embed_tokens fp32, vision_encoder fp16)',
  );
});
