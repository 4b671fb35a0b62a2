import type { PictureRule } from '../../src/models/spec';
import type { DecodeSettings } from '../../src/core/decode';
import type { LoadRequest, OnText, PictureFit } from '../../src/core/protocol';
import type { Generated } from '../engine/generate';
import type { Processed } from '../engine/picture-tensors';
import type {
  GenerativeModel,
  ImageProcessor,
  TensorInputs,
  TextTokenizer,
  TokenInputs,
} from '../engine/transformers';
import type { Turn } from '../engine/turn';

/** A picture as the family's vision encoder takes it, and what the text side must know of it. */
export interface PreparedImage {
  /** Goes into the forward pass that encodes the picture. */
  readonly vision: TensorInputs;
  /** Goes into every later forward pass too (Qwen's grid for its positions). */
  readonly always: TensorInputs;
  /** What stands in the prompt in the place of the picture: a token for each of its features, and what the family puts around them. */
  readonly placeholder: string;
}

/** What every loaded model can do: it has a tokenizer, and its answers are cleaned in the family's way. */
interface Loaded {
  readonly model: GenerativeModel;
  readonly tokenizer: TextTokenizer;
  /** From what the model said to what a person reads. */
  readonly clean: (text: string) => string;
}

/** Runs an image processor on the picture that is meant, with the family's options. */
export type ProcessPicture = (options?: Readonly<Record<string, unknown>>) => Promise<Processed>;

/** A vision-language model in memory. */
export interface LoadedVision extends Loaded {
  readonly picture: PictureFit;
  readonly imageProcessor: ImageProcessor;
  /** Whether the library's AutoImageProcessor makes the same of a picture, in a worker that has no more of the model. */
  readonly isProcessedBeside: boolean;
  /** Of what its image processor makes of a picture, wherever that is done. */
  prepare(process: ProcessPicture): Promise<PreparedImage>;
  /** The whole prompt for a question, with the placeholders of the picture. */
  prompt(question: string, image: PreparedImage): TokenInputs;
  /** Length of the prompt's part that does not depend on the question: up to the end of the picture. */
  prefixLength(prompt: TokenInputs): number;
  /**
   * Families that know tasks instead of questions: the whole answer to one of ours. There is then no prefix to continue from,
   * and nothing that can be asked yes or no.
   */
  readonly answerTask?: (request: TaskRequest) => Promise<Generated>;
}

export interface TaskRequest {
  readonly question: string;
  readonly image: PreparedImage;
  readonly decode: DecodeSettings;
  readonly onText: OnText;
  readonly turn?: Turn;
}

/** A model that reads and writes text: a language model, or one that sees, without its eyes. */
export interface LoadedText extends Loaded {
  prompt(question: string): TokenInputs;
}

export type LoadOptions = Pick<
  LoadRequest,
  'modelId' | 'revision' | 'device' | 'precision' | 'externalData' | 'picture'
>;

export interface VisionFamily {
  load(options: LoadOptions): Promise<LoadedVision>;
}

export interface TextFamily {
  load(options: LoadOptions): Promise<LoadedText>;
}

interface Loader {
  from_pretrained(id: string, options: object): Promise<unknown>;
}

/**
 * Loads with one of the library's Auto classes, as the shape that we use of the result. A progress callback
 * makes the library read streams piece by piece.
 */
export async function fromPretrained<T>(
  loader: Loader,
  { modelId, revision, device, precision, externalData }: LoadOptions,
): Promise<T> {
  const options = {
    revision,
    device,
    dtype: precision,
    ...(externalData === undefined ? {} : { use_external_data_format: externalData }),
    progress_callback: () => undefined,
  };
  return (await loader.from_pretrained(modelId, options)) as T;
}

/** Settings of an image processor that a model's spec may change. */
export interface ImageProcessorSettings {
  min_pixels?: number;
  max_pixels?: number;
  do_image_splitting?: boolean;
}

export function applyRule(settings: ImageProcessorSettings, rule: PictureRule | undefined): void {
  if (rule?.isTiled !== undefined) settings.do_image_splitting = rule.isTiled;
}

/** Takes the meaning out of special tokens in a user's prompt: `<image>` there is just text. */
export function plainText(question: string): string {
  return question.replace(/<(\|?[\w-]+\|?)>/gu, '‹$1›');
}

export function lastIndexOfToken(
  { input_ids }: TokenInputs,
  matches: (id: bigint) => boolean,
): number {
  return (input_ids.data as BigInt64Array).findLastIndex(matches);
}
