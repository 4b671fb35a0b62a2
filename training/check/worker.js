/**
 * Loads one embedded model through the unmodified classes of transformers.js, generates greedily for
 * each prompt, once from scratch and once from a cached prefix, and answers with all token ids.
 */
import {
  AutoModelForCausalLM,
  AutoModelForImageTextToText,
  AutoProcessor,
  AutoTokenizer,
  DynamicCache,
  RawImage,
  Tensor,
  env,
} from '/transformers/transformers.min.js';

env.allowRemoteModels = false;
env.allowLocalModels = true;
env.localModelPath = '/models/';
env.useBrowserCache = false;
env.useWasmCache = false;
env.backends.onnx.wasm.numThreads = 1;
env.backends.onnx.wasm.wasmPaths = { wasm: '/ort/ort-wasm-simd-threaded.asyncify.wasm' };

const numbers = (tensor) => Array.from(tensor.data, Number);

/** Last position of the image in the prompt ends what all prompts share. */
const PREFIX_END = {
  qwen2_vl: (ids, tokenizer) =>
    ids.lastIndexOf(tokenizer._tokenizer.token_to_id('<|vision_end|>')) + 1,
  phi3_v: (ids) => ids.findLastIndex((id) => id < 0) + 1,
  moondream1: (ids, tokenizer) =>
    ids.lastIndexOf(tokenizer._tokenizer.token_to_id('<image>')) + 1,
  llama: () => 3,
};

async function encode(family, processor, image, question) {
  if (family === 'qwen2_vl') {
    const content = [{ type: 'image' }, { type: 'text', text: question }];
    const text = processor.apply_chat_template([{ role: 'user', content }], {
      add_generation_prompt: true,
    });
    return processor(text, image);
  }
  const tokenizer = processor.tokenizer ?? processor;
  const content = family === 'phi3_v' ? `<|image_1|>\n${question}` : question;
  const text = tokenizer.apply_chat_template([{ role: 'user', content }], {
    tokenize: false,
    add_generation_prompt: true,
  });
  if (family === 'phi3_v') return processor(text, image);
  if (family === 'moondream1') return processor(image, text);
  return tokenizer(text);
}

/** The cached call brings no pixels: without this Qwen-VL asks for them. */
function allowMissingPixels(model) {
  const encodeImage = model.encode_image.bind(model);
  const merge = model._merge_input_ids_with_image_features.bind(model);
  model.encode_image = async (inputs) => (inputs.pixel_values ? encodeImage(inputs) : null);
  model._merge_input_ids_with_image_features = (inputs) =>
    inputs.image_features
      ? merge(inputs)
      : { inputs_embeds: inputs.inputs_embeds, attention_mask: inputs.attention_mask };
}

function copyCache(cache) {
  const entries = Object.entries(cache).map(([name, tensor]) => [
    name,
    new Tensor(tensor.type, tensor.data.slice(), [...tensor.dims]),
  ]);
  return new DynamicCache(Object.fromEntries(entries));
}

async function timed(milliseconds, name, action) {
  const start = performance.now();
  const result = await action();
  milliseconds[name] = Math.round(performance.now() - start);
  return result;
}

async function run({ name, family, prompts, picture, maxNewTokens, dumpTo }) {
  const milliseconds = {};
  const load = { device: 'wasm', dtype: 'q8' };
  const Model =
    family === 'phi3_v' || family === 'llama' ? AutoModelForCausalLM : AutoModelForImageTextToText;
  const model = await timed(milliseconds, 'load', () => Model.from_pretrained(name, load));
  const Processor = family === 'llama' ? AutoTokenizer : AutoProcessor;
  const processor = await Processor.from_pretrained(name);
  const tokenizer = processor.tokenizer ?? processor;
  const image = family === 'llama' ? null : await RawImage.read(picture);

  const inputs = [];
  for (const [i, prompt] of prompts.entries()) {
    inputs.push(
      await timed(milliseconds, `encode${i}`, () => encode(family, processor, image, prompt)),
    );
  }
  const answer = (input, output) => numbers(output).slice(input.input_ids.dims[1]);
  const options = { max_new_tokens: maxNewTokens, do_sample: false };
  const full = [];
  for (const [i, input] of inputs.entries()) {
    const output = await timed(milliseconds, `generate${i}`, () =>
      model.generate({ ...input, ...options }),
    );
    full.push(answer(input, output));
  }

  if (family === 'qwen2_vl') allowMissingPixels(model);
  const first = inputs[0];
  const length = PREFIX_END[family](numbers(first.input_ids), tokenizer);
  const { past_key_values: base } = await model.generate({
    ...first,
    input_ids: first.input_ids.slice(null, [0, length]),
    attention_mask: first.attention_mask.slice(null, [0, length]),
    max_new_tokens: 1,
    return_dict_in_generate: true,
  });
  const reused = [];
  for (const [i, input] of inputs.entries()) {
    const { pixel_values: _, ...rest } = input;
    const output = await timed(milliseconds, `reuse${i}`, () =>
      model.generate({ ...rest, past_key_values: copyCache(base), ...options }),
    );
    reused.push(answer(input, output));
  }
  if (first.pixel_values) {
    await fetch(dumpTo, { method: 'POST', body: first.pixel_values.data.slice().buffer });
  }
  return {
    modelClass: model.constructor.name,
    processorClass: processor.constructor.name,
    pixelShape: first.pixel_values?.dims ?? null,
    grid: first.image_grid_thw ? numbers(first.image_grid_thw) : null,
    sizes: first.image_sizes ? numbers(first.image_sizes) : null,
    prefixLength: length,
    cacheLength: base.get_seq_length(),
    ids: inputs.map((input) => numbers(input.input_ids)),
    full,
    reused,
    texts: full.map((ids) => tokenizer.decode(ids, { skip_special_tokens: true })),
    milliseconds,
  };
}

self.onmessage = async ({ data: job }) => {
  try {
    self.postMessage(await run(job));
  } catch (error) {
    self.postMessage({ error: String(error?.stack ?? error).slice(0, 2000) });
  }
};
