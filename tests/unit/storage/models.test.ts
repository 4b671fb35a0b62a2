import { beforeEach, expect, test } from 'vitest';
import { EMBEDDED_MODELS } from '../../../src/models/embedded';
import type { ModelSpec } from '../../../src/models/spec';
import { freshStorage, putRaw } from './fresh';

let models: typeof import('../../../src/storage/models');

beforeEach(async () => {
  freshStorage();
  models = await import('../../../src/storage/models');
});

const spec: ModelSpec = {
  id: 'owner/name',
  name: 'Name',
  role: 'vision',
  family: 'qwen2_vl',
  revision: 'a'.repeat(40),
  precision: 'q4',
  parts: { vision_encoder: 'fp16', decoder_model_merged: 'q4' },
  files: [
    { path: 'config.json', bytes: 3, gitOid: 'b'.repeat(40) },
    { path: 'onnx/vision_encoder_fp16.onnx', bytes: 4_000_000_000, sha256: 'c'.repeat(64) },
  ],
  source: { kind: 'hub', repository: 'owner/name' },
  licence: 'apache-2.0',
  summary: 'What it is.',
  figures: {},
};

test('a resolved model comes back as it was', async () => {
  await models.saveModelSpec(spec);
  expect(await models.savedModelSpec('owner/name')).toEqual(spec);
  expect(await models.savedModelSpecs()).toEqual([spec]);
  const newer = { ...spec, revision: 'd'.repeat(40) };
  await models.saveModelSpec(newer);
  expect(await models.savedModelSpecs()).toEqual([newer]);
  await models.forgetModelSpec('owner/name');
  expect(await models.savedModelSpec('owner/name')).toBeUndefined();
});

test.each(EMBEDDED_MODELS.map((each) => [each.id, each] as const))(
  'no field of %s is lost',
  async (id, each) => {
    await models.saveModelSpec(each);
    const figures = { objectsF1: each.figures.objectsF1, parameters: each.figures.parameters };
    expect(await models.savedModelSpec(id)).toEqual({
      ...each,
      figures: JSON.parse(JSON.stringify(figures)) as object,
    });
  },
);

test.each([
  ['a newer version', { version: 2, spec, savedAt: 1 }],
  ['a file without a hash', { version: 1, spec: { ...spec, files: [{ path: 'a', bytes: 1 }] }, savedAt: 1 }],
  ['a branch in place of a commit', { version: 1, spec: { ...spec, revision: 'main' }, savedAt: 1 }],
  ['an id that is a path', { version: 1, spec: { ...spec, id: '../x' }, savedAt: 1 }],
  ['a text', 'x'],
])('%s is no model', async (_, row) => {
  await models.saveModelSpec(spec);
  await putRaw('models', 'owner/name', row);
  expect(await models.savedModelSpecs()).toEqual([]);
}); // prettier-ignore
