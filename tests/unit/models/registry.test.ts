import { afterEach, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors';
import { loadRequest } from '../../../src/models/load-request';
import {
  addModels,
  canCheck,
  knownModels,
  modelById,
  modelName,
  MODELS,
  onModelsChange,
  removeModel,
} from '../../../src/models/registry';
import type { ModelSpec } from '../../../src/models/spec';

const file = (path: string) => ({ path, bytes: 1, sha256: '0' });

const SPEC: ModelSpec = {
  id: 'somebody/something',
  name: 'Something',
  role: 'vision',
  alsoJudges: true,
  family: 'qwen2_vl',
  revision: 'c0ffee',
  precision: 'q4',
  parts: { embed_tokens: 'fp32', vision_encoder: 'fp32', decoder_model_merged: 'q4' },
  files: [
    file('onnx/decoder_model_merged_q4.onnx'),
    file('onnx/decoder_model_merged_q4.onnx_data'),
    file('onnx/decoder_model_merged_q4.onnx_data_1'),
    file('onnx/vision_encoder.onnx'),
  ],
  source: { kind: 'hub', repository: 'somebody/something' },
  licence: 'MIT',
  summary: '',
  figures: {},
  checks: [],
};

const target = { modelId: SPEC.id, revision: 'c0ffee', device: 'wasm', threads: 1 } as const;

afterEach(() => {
  removeModel(SPEC.id);
});

test('a model that was added has a name and its checks, and is forgotten when removed', () => {
  expect(modelName(SPEC.id)).toBe(SPEC.id);
  addModels([SPEC]);
  expect(modelName(SPEC.id)).toBe('Something');
  expect(knownModels().at(-1)).toBe(SPEC);
  expect(canCheck(SPEC.id, 'object')).toBe(false);
  removeModel(SPEC.id);
  expect(modelById(SPEC.id)).toBeUndefined();
  expect(knownModels()).toEqual(MODELS);
});

test('whoever listens is told of changes until he leaves', () => {
  let calls = 0;
  const leave = onModelsChange(() => (calls += 1));
  addModels([SPEC]);
  removeModel(SPEC.id);
  removeModel(SPEC.id);
  expect(calls).toBe(2);
  leave();
  addModels([SPEC]);
  expect(calls).toBe(2);
});

test('the models that come with the app can not be removed', () => {
  removeModel(MODELS[0]!.id);
  expect(modelById(MODELS[0]!.id)).toBe(MODELS[0]);
});

test('a worker is told every part, and the external data files of each ONNX file', () => {
  addModels([SPEC]);
  expect(loadRequest(target)).toEqual({
    ...target,
    family: 'qwen2_vl',
    precision: SPEC.parts,
    externalData: { 'decoder_model_merged_q4.onnx': 2 },
  });
});

test('an embedded model has one precision, and its pictures are squares', () => {
  const { id, revision } = MODELS[0]!;
  expect(loadRequest({ ...target, modelId: id, revision })).toMatchObject({
    precision: 'q8',
    picture: { isSquared: true },
  });
  expect(loadRequest({ ...target, modelId: 'embedded/mini-judge' })).toMatchObject({
    family: 'llama',
    isHeldToClaims: true,
    judgeBudget: { maxSubjects: 10 },
  });
});

test('a model that nobody knows is refused', () => {
  expect(() => loadRequest(target)).toThrow(AppError);
});
