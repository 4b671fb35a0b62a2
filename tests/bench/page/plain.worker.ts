/**
 * The baseline: the loop of the public transformers.js demos (florence2-webgpu, smolvlm-webgpu). Per prompt
 * the picture is processed, encoded and prefilled anew and the whole answer generated. Same library, same
 * onnxruntime build, same weights, same threads as the app; weights over HTTP instead of from IndexedDB,
 * which is outside what is timed.
 */
import {
  AutoModelForImageTextToText,
  AutoProcessor,
  env,
  RawImage,
  type Tensor,
} from '@huggingface/transformers';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import binary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { PlainReport, PlainRequest } from './plain';

type Loaded = readonly [
  {
    generate(args: Record<string, unknown>): Promise<Tensor>;
  },
  {
    (
      text: string,
      image: RawImage,
    ): Promise<Record<string, Tensor> & { readonly input_ids: Tensor }>;
    apply_chat_template(messages: unknown, options: { add_generation_prompt: boolean }): string;
    batch_decode(ids: Tensor, options: { skip_special_tokens: boolean }): string[];
  },
];

let loaded: Promise<Loaded> | undefined;

function load({ modelPath, threads }: PlainRequest): Promise<Loaded> {
  const { wasm } = env.backends.onnx;
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
  const options = { device: 'wasm', dtype: 'q8' } as const;
  return Promise.all([
    AutoModelForImageTextToText.from_pretrained(modelPath, options),
    AutoProcessor.from_pretrained(modelPath, options),
  ]) as unknown as Promise<Loaded>;
}

async function describe(request: PlainRequest): Promise<PlainReport> {
  loaded ??= load(request);
  const [model, processor] = await loaded;
  const started = performance.now();
  const texts: string[] = [];
  for (const prompt of request.prompts) {
    const image = await RawImage.fromBlob(request.image);
    const content = [{ type: 'image' }, { type: 'text', text: prompt }];
    const text = processor.apply_chat_template([{ role: 'user', content }], {
      add_generation_prompt: true,
    });
    const inputs = await processor(text, image);
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
  return { ms: performance.now() - started, texts: texts.map((text) => text.trim()) };
}

self.addEventListener('message', ({ data }: MessageEvent<PlainRequest>) => {
  describe(data).then(
    (report) => self.postMessage(report),
    (error: unknown) => self.postMessage({ error: String(error) }),
  );
});
