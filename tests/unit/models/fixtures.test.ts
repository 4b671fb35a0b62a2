/** The fixture repositories have the layout that transformers.js 4.3.1 asks for (training/fixtures/README.md). */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURES, fixtureNames, readFixture } from '../../contract/fixtures';
import { readOnnxGraph, type GraphValue } from '../../contract/onnx-graph';

const MAX_BYTES = 2_000_000;

/** What a decoder keeps from one token to the next, layer by layer: names as configs.js makes them. */
type Memory = 'attention' | 'conv' | 'recurrent' | 'mamba' | 'none';

interface Layout {
  readonly modelType: string;
  /** Input names of `vision_encoder` with type and rank. */
  readonly vision?: Readonly<Record<string, string>>;
  readonly memory?: readonly Memory[];
  readonly positionsRank?: 0 | 2 | 3;
  readonly keepsLogits?: boolean;
  readonly files?: readonly string[];
}

const SQUARE = { pixel_values: 'float32 4' };
const TILES = { pixel_values: 'float32 5', pixel_attention_mask: 'bool 4' };
const grid = (name: string) => ({ pixel_values: 'float32 2', [name]: 'int64 2' });
const PROCESSOR = ['processor_config.json'];
const TEMPLATE = ['processor_config.json', 'chat_template.jinja'];

/** Every architecture of the catalogue. Judges have no `vision`. */
const LAYOUTS: Readonly<Record<string, Layout>> = {
  qwen2_vl: {
    modelType: 'qwen2_vl',
    vision: grid('grid_thw'),
    positionsRank: 3,
    keepsLogits: false,
  },
  qwen2_5_vl: { modelType: 'qwen2_5_vl', vision: grid('image_grid_thw'), positionsRank: 3 },
  qwen3_vl: { modelType: 'qwen3_vl', vision: grid('image_grid_thw'), positionsRank: 3 },
  qwen3_5: {
    modelType: 'qwen3_5',
    vision: grid('image_grid_thw'),
    positionsRank: 3,
    memory: ['recurrent', 'attention'],
  },
  glm_ocr: { modelType: 'glm_ocr', vision: grid('image_grid_thw'), positionsRank: 3 },
  phi3_v: {
    modelType: 'phi3_v',
    vision: { pixel_values: 'float32 5', image_sizes: 'int64 2' },
    positionsRank: 0,
    keepsLogits: false,
  },
  moondream1: { modelType: 'moondream1', vision: SQUARE, keepsLogits: false },
  llava_qwen2: { modelType: 'llava_qwen2', vision: SQUARE, files: PROCESSOR },
  idefics3: { modelType: 'idefics3', vision: TILES, keepsLogits: false, files: PROCESSOR },
  smolvlm: { modelType: 'smolvlm', vision: TILES, files: PROCESSOR },
  granite_docling: { modelType: 'idefics3', vision: TILES, files: PROCESSOR },
  florence2: { modelType: 'florence2', vision: SQUARE },
  lfm2_vl: {
    modelType: 'lfm2_vl',
    vision: {
      pixel_values: 'float32 3',
      pixel_attention_mask: 'int64 2',
      spatial_shapes: 'int64 2',
    },
    positionsRank: 0,
    memory: ['conv', 'attention'],
  },
  gemma3n: {
    modelType: 'gemma3n',
    vision: SQUARE,
    memory: ['attention', 'attention', 'none'],
    files: TEMPLATE,
  },
  gemma4: {
    modelType: 'gemma4',
    vision: { pixel_values: 'float32 3', pixel_position_ids: 'int64 3' },
    memory: ['attention', 'attention', 'none'],
    files: TEMPLATE,
  },
  qwen3: { modelType: 'qwen3' },
  llama: { modelType: 'llama' },
  smollm2: { modelType: 'llama' },
  smollm3: { modelType: 'smollm3' },
  phi3: { modelType: 'phi3', keepsLogits: false },
  phi4_mini: { modelType: 'phi3', positionsRank: 0 },
  gemma3_text: { modelType: 'gemma3_text' },
  granite: { modelType: 'granite' },
  granitemoehybrid: { modelType: 'granitemoehybrid', memory: ['mamba', 'attention'] },
};

const ENTRIES = Object.entries(LAYOUTS);

interface Config {
  readonly model_type: string;
  readonly architectures: readonly string[];
  readonly image_token_id?: number;
  readonly image_token_index?: number;
}

const MEMORY: Readonly<Record<Memory, readonly [past: string, present: string, rank: number][]>> = {
  attention: [
    ['past_key_values.N.key', 'present.N.key', 4],
    ['past_key_values.N.value', 'present.N.value', 4],
  ],
  conv: [['past_conv.N', 'present_conv.N', 3]],
  recurrent: [
    ['past_conv.N', 'present_conv.N', 3],
    ['past_recurrent.N', 'present_recurrent.N', 4],
  ],
  mamba: [
    ['past_conv.N', 'present_conv.N', 3],
    ['past_ssm.N', 'present_ssm.N', 4],
  ],
  none: [],
};

const signature = (values: readonly GraphValue[]): Record<string, string> =>
  Object.fromEntries(values.map(({ name, type, shape }) => [name, `${type} ${shape.length}`]));

const graphOf = (family: string, name: string) =>
  readOnnxGraph(readFileSync(join(FIXTURES, family, 'onnx', `${name}.onnx`)));

function readJson(family: string, name: string): unknown {
  return JSON.parse(readFileSync(join(FIXTURES, family, name), 'utf8'));
}

/** Names of the graphs, as models/session_config.js lists them for the class. */
function graphNames(family: string, { vision }: Layout): string[] {
  if (vision === undefined) return ['model'];
  if (family === 'phi3_v') return ['model', 'prepare_inputs_embeds', 'vision_encoder'];
  const more =
    family === 'florence2'
      ? ['encoder_model']
      : family.startsWith('gemma')
        ? ['audio_encoder']
        : [];
  return [...more, 'decoder_model_merged', 'embed_tokens', 'vision_encoder'];
}

/** Inputs and outputs of a decoder that is none behind an encoder. */
function decoderSignature(family: string, layout: Layout) {
  const { vision, memory = ['attention', 'attention'], positionsRank = 2 } = layout;
  const inputs: Record<string, string> = { attention_mask: 'int64 2' };
  const outputs: Record<string, string> = { logits: 'float32 3' };
  if (vision === undefined) inputs.input_ids = 'int64 2';
  else inputs.inputs_embeds = 'float32 3';
  if (positionsRank > 0) inputs.position_ids = `int64 ${positionsRank}`;
  if (layout.keepsLogits ?? true) inputs.num_logits_to_keep = 'int64 0';
  if (family.startsWith('gemma') && vision !== undefined) inputs.per_layer_inputs = 'float32 4';
  memory.forEach((kind, layer) => {
    for (const [past, present, rank] of MEMORY[kind]) {
      inputs[past.replace('N', String(layer))] = `float32 ${rank}`;
      outputs[present.replace('N', String(layer))] = `float32 ${rank}`;
    }
  });
  return { inputs, outputs };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

test('there is a fixture for every architecture of the catalogue, and no other', () => {
  expect(fixtureNames().sort()).toEqual(Object.keys(LAYOUTS).sort());
});

describe.each(ENTRIES)('%s', (family, layout) => {
  test('has the files that its class asks for, and is small', () => {
    const vision = ['preprocessor_config.json', 'image.png', ...(layout.files ?? [])];
    expect(readdirSync(join(FIXTURES, family)).sort()).toEqual(
      [
        'config.json',
        'fixture.json',
        'generation_config.json',
        'onnx',
        'tokenizer.json',
        'tokenizer_config.json',
        ...(layout.vision === undefined ? [] : vision),
      ].sort(),
    );
    expect(readdirSync(join(FIXTURES, family, 'onnx')).sort()).toEqual(
      graphNames(family, layout)
        .map((name) => `${name}.onnx`)
        .sort(),
    );
    const bytes = filesBelow(join(FIXTURES, family)).map((path) => statSync(path).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_BYTES);
  });

  test('has the configuration of its class', () => {
    const config = readJson(family, 'config.json') as Config;
    expect(config.model_type).toBe(layout.modelType);
    expect(config.architectures).toEqual([readFixture(family).modelClass]);
    const { chat_template } = readJson(family, 'tokenizer_config.json') as {
      chat_template?: string;
    };
    const isFile = existsSync(join(FIXTURES, family, 'chat_template.jinja'));
    // Moondream's prompt is written by hand, Florence-2 knows tasks alone.
    const hasTemplate = !['moondream1', 'florence2'].includes(family);
    expect(chat_template !== undefined || isFile).toBe(hasTemplate);
  });
});

describe.each(ENTRIES.filter(([, { vision }]) => vision !== undefined))('%s', (family, layout) => {
  test('has the processor and the vision encoder of its class', () => {
    const { processor_class } = readJson(family, 'preprocessor_config.json') as {
      processor_class?: string;
    };
    expect(processor_class ?? null).toBe(readFixture(family).processorClass);
    const { inputs, outputs } = graphOf(family, 'vision_encoder');
    expect(signature(inputs)).toEqual(layout.vision);
    expect(outputs.map(({ name, type }) => [name, type])).toEqual([['image_features', 'float32']]);
  });
});

/** Phi-3-V's are negative ids, Florence-2 puts features in front: neither names a token in its configuration. */
const MARKED = ENTRIES.filter(
  ([family, { vision }]) => vision !== undefined && !['phi3_v', 'florence2'].includes(family),
);

test.each(MARKED)('%s marks images by a token that its tokenizer has', (family) => {
  const { image_token_id, image_token_index } = readJson(family, 'config.json') as Config;
  const imageId = image_token_id ?? image_token_index;
  const { added_tokens } = readJson(family, 'tokenizer.json') as {
    added_tokens: { id: number; content: string }[];
  };
  expect(added_tokens.find(({ id }) => id === imageId)?.content).toMatch(/image/u);
  const count = readFixture(family).expected.inputIds.filter((id) => id === imageId).length;
  expect(count).toBeGreaterThan(1);
});

test.each(ENTRIES.filter(([family]) => family !== 'florence2'))(
  '%s has the inputs and outputs of its decoder',
  (family, layout) => {
    const isWhole = layout.vision === undefined || family === 'phi3_v';
    const { inputs, outputs } = graphOf(family, isWhole ? 'model' : 'decoder_model_merged');
    const wanted = decoderSignature(family, layout);
    expect(signature(inputs)).toEqual(wanted.inputs);
    expect(signature(outputs)).toEqual(wanted.outputs);
    // The library builds the empty cache from these names and numbers: an unknown name would be 0.
    for (const { name, shape } of inputs.filter((input) => input.name.startsWith('past_'))) {
      const [batch, ...rest] = shape;
      expect(batch, name).toBe('batch_size');
      const named = rest.filter((axis) => typeof axis === 'string');
      expect(named).toEqual(name.startsWith('past_key_values') ? ['past_sequence_length'] : []);
    }
  },
);

test('Florence-2 has an encoder, and a decoder that passes its cross-attention keys on', () => {
  expect(signature(graphOf('florence2', 'encoder_model').inputs)).toEqual({
    inputs_embeds: 'float32 3',
    attention_mask: 'int64 2',
  });
  const { inputs, outputs } = graphOf('florence2', 'decoder_model_merged');
  const parts = [0, 1].flatMap((layer) =>
    ['decoder', 'encoder'].flatMap((side) =>
      ['key', 'value'].map((part) => `${layer}.${side}.${part}`),
    ),
  );
  expect(signature(inputs)).toEqual({
    inputs_embeds: 'float32 3',
    encoder_hidden_states: 'float32 3',
    encoder_attention_mask: 'int64 2',
    use_cache_branch: 'bool 1',
    ...Object.fromEntries(parts.map((part) => [`past_key_values.${part}`, 'float32 4'])),
  });
  expect(signature(outputs)).toEqual({
    logits: 'float32 3',
    ...Object.fromEntries(parts.map((part) => [`present.${part}`, 'float32 4'])),
  });
});

test.each(['gemma3n', 'gemma4'])('%s has per-layer inputs and an audio encoder', (family) => {
  expect(signature(graphOf(family, 'embed_tokens').outputs)).toEqual({
    inputs_embeds: 'float32 3',
    per_layer_inputs: 'float32 4',
  });
  expect(signature(graphOf(family, 'audio_encoder').inputs)).toEqual({
    input_features: 'float32 3',
    input_features_mask: 'bool 2',
  });
});

test('Phi-3-V prepares its embeddings in a graph of its own, with negative ids for image tokens', () => {
  expect(signature(graphOf('phi3_v', 'prepare_inputs_embeds').inputs)).toEqual({
    input_ids: 'int64 2',
    image_features: 'float32 2',
  });
  expect(readFixture('phi3_v').expected.inputIds.filter((id) => id < 0).length).toBeGreaterThan(1);
});
