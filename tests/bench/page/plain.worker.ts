/**
 * The baseline: the loop of the public transformers.js demos (florence2-webgpu, smolvlm-webgpu, phi-3.5-vision-webgpu). Per prompt
 * the picture is processed, encoded and prefilled anew and the whole answer generated. Same library, same
 * onnxruntime build, same weights, same threads as the app; weights over HTTP instead of from IndexedDB,
 * which is outside what is timed.
 */
import {
  AutoModelForCausalLM,
  AutoModelForImageTextToText,
  AutoProcessor,
  env,
  RawImage,
  type Tensor,
} from '@huggingface/transformers';
import asyncifyGlue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import plainGlue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import plainWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { SessionWatch } from '../../../workers/engine/session-watch';
import type { GenerativeModel } from '../../../workers/engine/transformers';
import { answerMessages } from './answer-messages';
import type { PlainForm, PlainReport, PlainRequest } from './plain';

type Inputs = Record<string, Tensor> & { readonly input_ids: Tensor };

interface Processor {
  (...inputs: unknown[]): Promise<Inputs>;
  apply_chat_template(messages: unknown, options: { add_generation_prompt: boolean }): string;
  batch_decode(ids: Tensor, options: { skip_special_tokens: boolean }): string[];
}

interface Model {
  generate(args: Record<string, unknown>): Promise<Tensor>;
}

type Loaded = readonly [Model, Processor];

/** What the examples write as the user's message, and how they call the processor. */
const FORMS: Readonly<
  Record<
    PlainForm,
    {
      readonly content: (prompt: string) => unknown;
      readonly inputs: (processor: Processor, text: string, image: RawImage) => Promise<Inputs>;
    }
  >
> = {
  qwen2_vl: {
    content: (text) => [{ type: 'image' }, { type: 'text', text }],
    inputs: (processor, text, image) => processor(text, image),
  },
  phi3_v: {
    content: (prompt) => `<|image_1|>\n${prompt}`,
    inputs: (processor, text, image) => processor(text, image, { num_crops: 4 }),
  },
  moondream1: {
    // Its template writes the picture's place.
    content: (prompt) => prompt,
    inputs: (processor, text, image) => processor(image, text, { add_special_tokens: false }),
  },
};

let loaded: Promise<Loaded> | undefined;
let watch: SessionWatch | undefined;

function load({ modelPath, threads, form, device }: PlainRequest): Promise<Loaded> {
  const { wasm } = env.backends.onnx;
  const [glue, binary] =
    device === 'webgpu' ? [asyncifyGlue, asyncifyWasm] : [plainGlue, plainWasm];
  if (wasm !== undefined) {
    wasm.wasmPaths = {
      mjs: new URL(glue, import.meta.url).href,
      wasm: new URL(binary, import.meta.url).href,
    };
    wasm.numThreads = threads;
  }
  env.allowLocalModels = true;
  env.allowRemoteModels = false;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.localModelPath = new URL(/* @vite-ignore */ '../', import.meta.url).pathname;
  const options = { device, dtype: 'q8' } as const;
  const loader = form === 'phi3_v' ? AutoModelForCausalLM : AutoModelForImageTextToText;
  return Promise.all([
    loader.from_pretrained(modelPath, options),
    AutoProcessor.from_pretrained(modelPath, options),
  ]) as unknown as Promise<Loaded>;
}

async function describe(request: PlainRequest): Promise<PlainReport> {
  loaded ??= load(request);
  const [model, processor] = await loaded;
  if (request.isTimed && watch === undefined) {
    watch = new SessionWatch();
    watch.attach(model as unknown as GenerativeModel);
  }
  const { content, inputs: inputsOf } = FORMS[request.form];
  const started = performance.now();
  const texts: string[] = [];
  for (const prompt of request.prompts) {
    const image = await RawImage.fromBlob(request.image);
    const text = processor.apply_chat_template([{ role: 'user', content: content(prompt) }], {
      add_generation_prompt: true,
    });
    const inputs = await inputsOf(processor, text, image);
    const output = await model.generate({
      ...inputs,
      do_sample: false,
      max_new_tokens: request.maxNewTokens,
    });
    const length = inputs.input_ids.dims.at(-1) ?? 0;
    texts.push(
      ...processor.batch_decode(output.slice(null, [length, output.dims.at(-1) ?? length]), {
        skip_special_tokens: true,
      }),
    );
  }
  return {
    ms: performance.now() - started,
    texts: texts.map((text) => text.trim()),
    done: (watch ?? new SessionWatch()).done,
  };
}

answerMessages(describe);
