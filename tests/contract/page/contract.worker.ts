/**
 * Loads one fixture with the library's own classes, nothing patched, from the page's server, and lets it
 * answer: the shortest program that the family's public examples come down to.
 */
import * as library from '@huggingface/transformers';
import { env, LogLevel, RawImage, type Tensor } from '@huggingface/transformers';
import asyncifyGlue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import plainGlue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import plainWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { answerMessages } from '../../bench/page/answer-messages';
import type { FixtureReport, FixtureRequest, ModelFixture } from '../fixture';

type Inputs = Readonly<Record<string, Tensor>> & { readonly input_ids: Tensor };

interface Model {
  readonly config: { readonly is_encoder_decoder: boolean };
  generate(inputs: Record<string, unknown>): Promise<Tensor>;
  encode_image(inputs: { readonly pixel_values: Tensor }): Promise<Tensor>;
}

interface Tokenizer {
  (text: string, options: object): Inputs;
  apply_chat_template(messages: unknown, options: object): string;
  decode(ids: readonly number[], options: object): string;
}

interface Processor {
  (...inputs: unknown[]): Promise<Inputs>;
  readonly tokenizer?: Tokenizer;
  apply_chat_template(messages: unknown, options: object): string;
}

interface Loaded {
  readonly model: Model;
  readonly processor: Processor | undefined;
  readonly tokenizer: Tokenizer;
}

interface Pretrained {
  from_pretrained(id: string, options: object): Promise<unknown>;
}

const IMAGE_TOKEN = '<image>';
/** As many as `make.py` computed. */
const NEW_TOKENS = 8;
const classes = library as unknown as Readonly<Record<string, Pretrained>>;

function configure(device: FixtureRequest['device']): void {
  const { wasm } = env.backends.onnx;
  if (wasm === undefined) throw new Error('this build of onnxruntime-web has no WASM backend');
  const [mjs, binary] = device === 'webgpu' ? [asyncifyGlue, asyncifyWasm] : [plainGlue, plainWasm];
  wasm.wasmPaths = {
    mjs: new URL(mjs, import.meta.url).href,
    wasm: new URL(binary, import.meta.url).href,
  };
  wasm.numThreads = 1;
  env.allowLocalModels = true;
  env.allowRemoteModels = false;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.localModelPath = new URL(/* @vite-ignore */ '../', import.meta.url).pathname;
  env.logLevel = LogLevel.ERROR;
}

async function load(fixture: ModelFixture, device: FixtureRequest['device']): Promise<Loaded> {
  const fromRepository = async <Part>(name: string): Promise<Part> =>
    (await classes[name]!.from_pretrained(fixture.family, { device, dtype: 'fp32' })) as Part;
  const model = await fromRepository<Model>(fixture.autoClass);
  const processor =
    fixture.call === 'text' ? undefined : await fromRepository<Processor>('AutoProcessor');
  const tokenizer = processor?.tokenizer ?? (await fromRepository<Tokenizer>('AutoTokenizer'));
  return { model, processor, tokenizer };
}

/** The prompt as the repository's own template renders it. */
function render(fixture: ModelFixture, { processor, tokenizer }: Loaded): string {
  const { call, messages, templateOptions, expected } = fixture;
  if (messages.length === 0) return expected.promptText;
  if (call === 'task') return String(messages[0]!.content);
  return (processor ?? tokenizer).apply_chat_template(messages, {
    tokenize: false,
    add_generation_prompt: true,
    ...templateOptions,
  });
}

async function inputsOf(fixture: ModelFixture, loaded: Loaded, text: string): Promise<Inputs> {
  const { call, family, processorOptions } = fixture;
  const { model, processor, tokenizer } = loaded;
  if (processor === undefined) return tokenizer(text, { add_special_tokens: false });
  const image = await RawImage.read(`${env.localModelPath}${family}/image.png`);
  switch (call) {
    case 'text-image':
      return processor(text, image, processorOptions);
    case 'text-image-audio':
      return processor(text, image, null, processorOptions);
    case 'tokens-and-image': {
      const { pixel_values } = await processor(image);
      const tokens = (await model.encode_image({ pixel_values: pixel_values! })).dims.at(-2) ?? 0;
      const whole = text.replace(IMAGE_TOKEN, IMAGE_TOKEN.repeat(tokens));
      return { ...tokenizer(whole, processorOptions), pixel_values: pixel_values! };
    }
    default:
      return processor(image, text, processorOptions);
  }
}

const numbers = (ids: Tensor): number[] => Array.from(ids.data as BigInt64Array, Number);

function isOfClass(value: unknown, name: string | null): boolean {
  return name === null || value instanceof (classes[name] as unknown as new () => object);
}

async function answer({ family, device }: FixtureRequest): Promise<FixtureReport> {
  configure(device);
  const file = await fetch(`${env.localModelPath}${family}/fixture.json`);
  const fixture = (await file.json()) as ModelFixture;
  const loaded = await load(fixture, device);
  const promptText = render(fixture, loaded);
  const inputs = await inputsOf(fixture, loaded, promptText);
  const sequences = await loaded.model.generate({
    ...inputs,
    max_new_tokens: NEW_TOKENS,
    do_sample: false,
  });
  // A decoder behind an encoder begins with one token that starts it.
  const start = loaded.model.config.is_encoder_decoder ? 1 : inputs.input_ids.dims.at(-1)!;
  const tokens = numbers(sequences).slice(start);
  return {
    isModelClass: isOfClass(loaded.model, fixture.modelClass),
    isProcessorClass: isOfClass(loaded.processor, fixture.processorClass),
    promptText,
    inputIds: numbers(inputs.input_ids),
    tokens,
    answer: loaded.tokenizer.decode(tokens, { skip_special_tokens: true }).trim(),
  };
}

answerMessages(answer);
