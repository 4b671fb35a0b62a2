import type { RawImage } from '@huggingface/transformers';
import type { LoadRequest } from '../../src/core/protocol';
import type {
  GenerativeModel,
  TensorInputs,
  TextTokenizer,
  TokenInputs,
} from '../engine/transformers';

/** A picture as the family's vision encoder takes it, and what the text side must know of it. */
export interface PreparedImage {
  /** Goes into the forward pass that encodes the picture. */
  readonly vision: TensorInputs;
  /** Goes into every later forward pass too (Qwen's grid for its positions). */
  readonly always: TensorInputs;
  /** How many tokens the picture takes in the prompt. */
  readonly imageTokens: number;
}

/** A vision-language model in memory. */
export interface LoadedVision {
  readonly model: GenerativeModel;
  readonly tokenizer: TextTokenizer;
  /** Edge of the square that pictures are fitted into first, in px. */
  readonly squarePx: number;
  prepare(image: RawImage): Promise<PreparedImage>;
  /** The whole prompt for a question, with the placeholders of the picture. */
  prompt(question: string, image: PreparedImage): TokenInputs;
  /** Length of the prompt's part that does not depend on the question: up to the end of the picture. */
  prefixLength(prompt: TokenInputs): number;
}

export type LoadOptions = Pick<
  LoadRequest,
  'modelId' | 'revision' | 'device' | 'precision' | 'externalData' | 'picture'
>;

export interface VisionFamily {
  load(options: LoadOptions): Promise<LoadedVision>;
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

/** Takes the meaning out of special tokens in a user's prompt: `<image>` there is just text. */
export function plainText(question: string): string {
  return question.replace(/<(\|?[\w]+\|?)>/gu, '‹$1›');
}

export function lastIndexOfToken(
  { input_ids }: TokenInputs,
  matches: (id: bigint) => boolean,
): number {
  return (input_ids.data as BigInt64Array).findLastIndex(matches);
}
