import { AutoModelForImageTextToText, AutoProcessor, type Tensor } from '@huggingface/transformers';
import type { PictureFit } from '../../src/core/protocol';
import type { PictureRule } from '../../src/models/spec';
import type {
  GenerativeModel,
  ImageProcessor,
  TensorInputs,
  TextTokenizer,
  TokenInputs,
} from '../engine/transformers';
import { chatTemplate, type Render } from './chat-template';
import {
  applyRule,
  fromPretrained,
  lastIndexOfToken,
  plainText,
  type LoadOptions,
  type LoadedVision,
  type ImageProcessorSettings,
  type ProcessPicture,
  type VisionFamily,
} from './family';
import { memoised } from './memoised';
import { withoutThinking } from './thinking';

/** How a family that is asked through a chat template differs from the others. */
export interface ChatForm {
  /** Order of the processor's arguments (models/<family>/processing_<family>.js, 4.3.1). */
  readonly order: 'text-image' | 'image-text' | 'text-image-audio';
  /** What the template puts in the picture's place. */
  readonly placeholder: string;
  /** Content as parts, or as text that begins with the placeholder. */
  readonly content: 'parts' | 'text';
  /** False: the template has all special tokens already, so the tokenizer must add none. */
  readonly addsSpecialTokens: boolean;
  /** The last token of the prompt's part that is the same for every question; the picture's last one where absent. */
  readonly lastToken?: string;
  /** Inputs of the picture that go into every forward pass. */
  readonly always?: readonly string[];
  /** The method that encodes a picture. */
  readonly encoder: 'encode_image' | '_encode_vision';
  /** Pixels that pictures are brought down to where nothing else says how many. */
  readonly maxPixels: number;
  /** Its image processor is configured in a place where AutoImageProcessor does not look. */
  readonly hasOwnImageProcessor?: boolean;
  /** Cures what the library does wrong for the family. */
  readonly cure?: (model: GenerativeModel) => void;
  /** What is asked instead of a prompt of ours. */
  readonly instead?: (question: string) => string;
  readonly clean?: (text: string) => string;
}

interface Config {
  readonly image_token_id?: number;
  readonly image_token_index?: number;
}

type Encode = (inputs: Record<string, unknown>) => Promise<unknown>;

type ChatModel = GenerativeModel & { readonly config: Config } & Record<
    'encode_image' | '_encode_vision',
    Encode
  >;

/** A `Processor` of the library; `_call` is what makes inputs of text and picture. */
interface ChatProcessor {
  readonly tokenizer: TextTokenizer;
  readonly image_processor: ImageProcessor & ImageProcessorSettings;
  _call(...inputs: unknown[]): Promise<Record<string, Tensor> & { readonly expanded: string }>;
}

/** Families that the library's generic ImageTextToText code runs. */
export function chatVision(form: ChatForm): VisionFamily {
  return {
    async load(options) {
      const model = await fromPretrained<ChatModel>(AutoModelForImageTextToText, options);
      const processor = await fromPretrained<ChatProcessor>(AutoProcessor, options);
      const render = await chatTemplate(options, processor.tokenizer);
      const encode = model[form.encoder].bind(model);
      model[form.encoder] = memoised(encode, (inputs) => inputs.pixel_values as object);
      form.cure?.(model);
      return loaded(form, model, processor, render, options);
    },
  };
}

function loaded(
  form: ChatForm,
  model: ChatModel,
  processor: ChatProcessor,
  render: Render,
  { picture }: LoadOptions,
): LoadedVision {
  const { tokenizer, image_processor } = processor;
  applyRule(image_processor, picture);
  const lastToken = lastTokenOf(form, model.config, tokenizer);
  const { instead, always = [] } = form;
  return {
    model,
    tokenizer,
    picture: fitOf(form, image_processor, picture),
    imageProcessor: image_processor,
    isProcessedBeside: form.hasOwnImageProcessor !== true,
    clean: (text) => withoutThinking(form.clean?.(text) ?? text),
    async prepare(process) {
      const { expanded, ...inputs } = await processed(form, processor, process);
      return {
        vision: pick(inputs, (name) => !always.includes(name)),
        always: pick(inputs, (name) => always.includes(name)),
        placeholder: expanded,
      };
    },
    prompt(question, image) {
      const asked = instead?.(question) ?? question;
      const text = render(contentOf(form, plainText(asked)));
      // The function keeps `$` in a replacement from being special.
      const whole = text.replace(form.placeholder, () => image.placeholder);
      return tokenizer(whole, { add_special_tokens: form.addsSpecialTokens });
    },
    prefixLength: (prompt) => lastIndexOfToken(prompt, (id) => id === lastToken) + 1,
  };
}

/** Stands for the picture, which the image processor gets by another way. */
const PICTURE = {};

/**
 * The library's own processor on the placeholder alone, with a tokenizer that hands its text back: so the number of
 * tokens, rows and columns follow from the repository's configuration, and once a picture is enough for every question.
 */
function processed(
  { order, placeholder }: ChatForm,
  processor: ChatProcessor,
  process: ProcessPicture,
): ReturnType<ChatProcessor['_call']> {
  const tokenizer = Object.assign(([text]: readonly string[]) => ({ expanded: text }), {
    config: processor.tokenizer.config,
  });
  // Its settings are read through the prototype.
  const imageProcessor = Object.setPrototypeOf(
    (_image: unknown, options?: Readonly<Record<string, unknown>>) => process(options),
    processor.image_processor,
  ) as unknown;
  const reader = Object.create(processor, {
    tokenizer: { value: tokenizer },
    image_processor: { value: imageProcessor },
  }) as ChatProcessor;
  switch (order) {
    case 'text-image':
      return reader._call([placeholder], [PICTURE]);
    case 'image-text':
      return reader._call([PICTURE], [placeholder]);
    case 'text-image-audio':
      return reader._call([placeholder], [PICTURE], null);
  }
}

function contentOf({ content, placeholder }: ChatForm, text: string): unknown {
  return content === 'text' ? `${placeholder}${text}` : [{ type: 'image' }, { type: 'text', text }];
}

function lastTokenOf(form: ChatForm, config: Config, tokenizer: TextTokenizer): bigint | undefined {
  const imageId = config.image_token_id ?? config.image_token_index;
  if (form.lastToken === undefined && imageId !== undefined) return BigInt(imageId);
  return idsOf(tokenizer(form.lastToken ?? form.placeholder, { add_special_tokens: false })).at(-1);
}

const idsOf = ({ input_ids }: TokenInputs) => input_ids.data as BigInt64Array;

function fitOf(
  { maxPixels }: ChatForm,
  settings: ImageProcessorSettings,
  rule: PictureRule | undefined,
): PictureFit {
  if (rule?.isSquared === true) {
    return { kind: 'square', edgePx: Math.round(Math.sqrt(settings.max_pixels ?? maxPixels)) };
  }
  const own = settings.max_pixels ?? Infinity;
  return { kind: 'whole', maxPixels: Math.min(own, rule?.maxPixels ?? maxPixels) };
}

/** The tensors among a processor's results whose name passes. */
function pick(inputs: Record<string, unknown>, passes: (name: string) => boolean): TensorInputs {
  return Object.fromEntries(
    Object.entries(inputs).filter(([name, value]) => isTensor(value) && passes(name)),
  ) as TensorInputs;
}

const isTensor = (value: unknown): value is Tensor =>
  typeof value === 'object' && value !== null && 'dims' in value;
