import { describe, expect, test } from 'vitest';
import { ARCHITECTURES } from '../../../src/models/architectures';
import { catalogued } from '../../../src/models/catalogue';
import { hubSpec } from '../../../src/models/hub-spec';
import { offers, planModel, readRepository, type Repository } from '../../../src/models/plan';
import type { Choice } from '../../../src/models/precisions';
import type { PlanRefusal } from '../../../src/models/refusal';
import type { DeviceKind } from '../../../src/models/hub-model';
import type { ModelFamily, ModelFile } from '../../../src/models/spec';
import { familyTree, file, onnx, TEXT_FILES } from './model-tree';

type Tree = Repository<ModelFile>;

function without(tree: Tree, ...paths: readonly string[]): Tree {
  return { ...tree, files: tree.files.filter(({ path }) => !paths.includes(path)) };
}

function planned(tree: Tree, device: DeviceKind = 'wasm', choice: Choice = 'auto') {
  const plan = planModel(tree, device, choice);
  if (!plan.ok) throw new Error(JSON.stringify(plan.refusal));
  return plan.value;
}

function refused(tree: Tree, device: DeviceKind = 'wasm', choice: Choice = 'auto'): PlanRefusal {
  const plan = planModel(tree, device, choice);
  if (plan.ok) throw new Error('it was planned');
  return plan.refusal;
}

const paths = (tree: { readonly files: readonly ModelFile[] }) =>
  tree.files.map(({ path }) => path);

describe('what is fetched', () => {
  test('is what the family’s classes read, and nothing else of the repository', () => {
    expect(paths(planned(familyTree('qwen2_vl'))).sort()).toEqual([
      'config.json',
      'generation_config.json',
      'onnx/decoder_model_merged_quantized.onnx',
      'onnx/embed_tokens_quantized.onnx',
      'onnx/vision_encoder_quantized.onnx',
      'preprocessor_config.json',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
  });

  test('is the processor’s own configuration where it has one, and no picture’s for a language model', () => {
    expect(paths(planned(familyTree('idefics3')))).toContain('processor_config.json');
    expect(paths(planned(familyTree('llama')))).not.toContain('preprocessor_config.json');
  });

  test('is a template beside the tokenizer', () => {
    const tree = familyTree('smollm3');
    const files = [...tree.files, file('chat_template.jinja')];
    expect(paths(planned({ ...tree, files }))).toContain('chat_template.jinja');
  });

  test('is external data, as many files as there are, counted in the bytes', () => {
    const tree = familyTree('llama', ['q8']);
    const data = ['', '_1'].map((end) => file(`onnx/model_quantized.onnx_data${end}`, 5_000_000));
    const other = file('onnx/model_q4.onnx_data', 1);
    const plan = planned({ ...tree, files: [...tree.files, ...data, other] });
    expect(paths(plan).filter((path) => path.includes('_data'))).toEqual(
      data.map(({ path }) => path),
    );
    expect(plan.bytes).toBe(10_000_000 + 1000 * 5);
  });

  test.each(Object.keys(ARCHITECTURES) as ModelFamily[])('has every part of %s', (family) => {
    const { parts, modelType } = ARCHITECTURES[family];
    const tree = familyTree(family);
    const plan = planned(tree);
    expect(Object.keys(plan.parts).sort()).toEqual([...parts].sort());
    expect(ARCHITECTURES[plan.family].modelType).toBe(modelType);
  });
});

describe('precision', () => {
  const all = familyTree('smolvlm');

  test.each([
    ['wasm', { embed_tokens: 'q8', vision_encoder: 'q8', decoder_model_merged: 'q8' }],
    ['webgpu', { embed_tokens: 'q4', vision_encoder: 'q4', decoder_model_merged: 'q4' }],
    ['webgpu-f16', { embed_tokens: 'fp16', vision_encoder: 'fp16', decoder_model_merged: 'q4' }],
  ] as const)('of an unknown repository on %s', (device, parts) => {
    expect(planned(all, device).parts).toEqual(parts);
  });

  test('is 4 bits on the CPU only where there is nothing else', () => {
    expect(planned(familyTree('llama', ['q4', 'fp32'])).precision).toBe('fp32');
    expect(planned(familyTree('llama', ['q4', 'q4f16'])).precision).toBe('q4');
  });

  test('is a smaller one on the CPU where a part would fill its memory', () => {
    const tree = familyTree('llama', []);
    const large = [onnx('model', 'fp32', 6_000_000_000), onnx('model', 'q4', 900_000_000)];
    expect(planned({ ...tree, files: [...tree.files, ...large] }).precision).toBe('q4');
    expect(planned({ ...tree, files: [...tree.files, ...large] }, 'webgpu').precision).toBe('q4');
  });

  test('chosen by a person is that of every part that has it', () => {
    const tree = familyTree('smolvlm', ['fp32']);
    const files = [...tree.files, onnx('decoder_model_merged', 'q4'), onnx('embed_tokens', 'q8')];
    expect(planned({ ...tree, files }, 'wasm', 'q4')).toMatchObject({
      precision: 'q4',
      parts: { decoder_model_merged: 'q4', embed_tokens: 'q8', vision_encoder: 'fp32' },
    });
  });

  test('that is not there is refused, with those that are', () => {
    expect(refused(familyTree('llama', ['q4', 'fp16']), 'wasm', 'q8')).toEqual({
      code: 'precision-not-offered',
      precision: 'q8',
      offered: ['fp16', 'q4'],
    });
  });

  test('in 16 bits is not offered where the device has none', () => {
    expect(refused(familyTree('llama', ['q4', 'q4f16', 'fp16']), 'webgpu', 'q4f16')).toEqual({
      code: 'precision-not-offered',
      precision: 'q4f16',
      offered: ['q4'],
    });
    expect(refused(familyTree('llama', ['q4f16', 'fp16']), 'webgpu').code).toBe('parts-missing');
  });

  test('known not to work is refused', () => {
    const model = catalogued('onnx-community/granite-docling-258M-ONNX')!;
    expect(planModel(familyTree('granite_docling'), 'webgpu-f16', 'q4f16', model)).toEqual({
      ok: false,
      refusal: { code: 'precision-broken', precision: 'q4f16' },
    });
  });

  test('of a recipe is passed over for the next one where a file is missing', () => {
    const model = catalogued('HuggingFaceTB/SmolVLM-256M-Instruct')!;
    const tree = familyTree('idefics3');
    const parts = (of: Tree) => {
      const plan = planModel(of, 'webgpu-f16', 'auto', model);
      return plan.ok ? plan.value.parts : plan.refusal;
    };
    expect(parts(without(tree, 'onnx/vision_encoder_q4.onnx'))).toEqual(
      model.recipes['webgpu-f16'][1],
    );
    const neither = without(tree, 'onnx/vision_encoder_q4.onnx', 'onnx/vision_encoder_fp16.onnx');
    expect(parts(neither)).toMatchObject({ decoder_model_merged: 'q4', vision_encoder: 'q4f16' });
  });

  test('each offer says what all its files weigh, lightest first', () => {
    const tree = familyTree('llama', []);
    const files = [...tree.files, onnx('model', 'fp32', 400), onnx('model', 'q4', 80)];
    expect(offers({ ...tree, files }, 'wasm')).toEqual({
      ok: true,
      value: [
        { precision: 'q4', bytes: 4080 },
        { precision: 'fp32', bytes: 4400 },
      ],
    });
  });
});

describe('is refused', () => {
  const tree = familyTree('qwen2_vl');

  test.each([
    ['model.safetensors', 'safetensors'],
    ['Model-Q4_K_M.GGUF', 'gguf'],
    ['pytorch_model.bin', 'pytorch'],
  ] as const)('a repository that has only %s', (path, found) => {
    const files = [...TEXT_FILES, file(path)];
    expect(refused({ ...tree, files })).toEqual({ code: 'no-onnx', found });
    expect(refused({ ...tree, files: [file(path)] })).toEqual({ code: 'no-onnx', found });
  });

  test('one without weights, and one without anything of a model', () => {
    expect(refused({ ...tree, files: TEXT_FILES })).toEqual({ code: 'no-onnx', found: 'nothing' });
    expect(refused({ ...tree, files: [file('README.md'), file('data.parquet')] })).toEqual({
      code: 'not-a-model',
    });
  });

  test.each([undefined, '<html>', [], {}, { model_type: '' }, { model_type: 3 }, null])(
    'a configuration that is none: %o',
    (config) => {
      expect(refused({ ...tree, configs: { 'config.json': config } })).toEqual({
        code: 'config-unreadable',
      });
    },
  );

  test.each(['internvl', 'granite_docling', 'toString', '__proto__'])(
    'the architecture %s, by its name',
    (architecture) => {
      const configs = { 'config.json': { model_type: architecture } };
      expect(refused({ ...tree, configs })).toEqual({ code: 'unknown-architecture', architecture });
    },
  );

  test('a repository without tokenizer, processor or template, with what is missing', () => {
    expect(refused(without(tree, 'tokenizer.json'))).toEqual({
      code: 'no-tokenizer',
      missing: ['tokenizer.json'],
    });
    expect(refused(without(tree, 'preprocessor_config.json'))).toEqual({
      code: 'no-processor',
      missing: ['preprocessor_config.json'],
    });
    const configs = { ...tree.configs, 'tokenizer_config.json': { eos_token: '</s>' } };
    expect(refused({ ...tree, configs })).toEqual({ code: 'no-chat-template' });
    const florence = familyTree('florence2');
    expect(
      planModel(
        { ...florence, configs: { ...florence.configs, 'tokenizer_config.json': {} } },
        'wasm',
        'auto',
      ).ok,
    ).toBe(true);
  });

  test('files of another tool: parts that are missing, by name', () => {
    const files = [...TEXT_FILES, file('onnx/decoder_q4.onnx'), file('onnx/embed_images_q4.onnx')];
    expect(refused({ ...tree, files })).toEqual({
      code: 'parts-missing',
      missing: ['onnx/embed_tokens', 'onnx/vision_encoder', 'onnx/decoder_model_merged'],
    });
  });

  test('external data with a gap, and data that the configuration promises', () => {
    const llama = familyTree('llama', ['q4']);
    const gap = { ...llama, files: [...llama.files, file('onnx/model_q4.onnx_data_1')] };
    expect(refused(gap)).toEqual({
      code: 'external-data-missing',
      missing: ['onnx/model_q4.onnx_data'],
    });
    const promise = { use_external_data_format: { 'model_q4.onnx': 2 } };
    const config = { model_type: 'llama', 'transformers.js_config': promise };
    expect(refused({ ...llama, configs: { ...llama.configs, 'config.json': config } })).toEqual({
      code: 'external-data-missing',
      missing: ['onnx/model_q4.onnx_data', 'onnx/model_q4.onnx_data_1'],
    });
  });
});

test('a precision whose data is missing gives way to a whole one', () => {
  const llama = familyTree('llama', ['q8', 'fp32']);
  const files = [...llama.files, file('onnx/model_quantized.onnx_data_1')];
  expect(planned({ ...llama, files }).precision).toBe('fp32');
});

test('a catalogue’s family counts only where the configuration is of its kind', () => {
  const model = catalogued('onnx-community/granite-docling-258M-ONNX')!;
  const family = (tree: Tree) => {
    const read = readRepository(tree, model);
    return read.ok ? read.value.family : read.refusal;
  };
  expect(family(familyTree('granite_docling'))).toBe('granite_docling');
  expect(family(familyTree('smolvlm'))).toBe('smolvlm');
});

test('an unknown repository is known by its own name, and what its family can’t do is said', () => {
  const spec = (family: ModelFamily) =>
    hubSpec(
      { repository: 'somebody/Thing-ONNX', commit: 'abc', licence: { id: 'mit' } },
      planned(familyTree(family)),
    );
  expect(spec('florence2')).toMatchObject({ name: 'Thing-ONNX', licence: 'mit', checks: [] });
  expect(spec('florence2')).not.toHaveProperty('alsoJudges');
  expect(spec('smolvlm')).toMatchObject({ alsoJudges: true, role: 'vision' });
  expect(spec('smolvlm')).not.toHaveProperty('checks');
  expect(spec('llama')).toMatchObject({ role: 'judge', source: { kind: 'hub' } });
});
