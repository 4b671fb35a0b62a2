import type { DynamicCache } from '@huggingface/transformers';
import type { LookOptions } from '../../src/core/protocol';
import type { LoadedVision, PreparedImage } from '../families/family';
import type { Beside } from './beside';
import { prefill } from './generate';
import { fittedPicture, withLimit } from './picture';
import { forkPrefix } from './prefix-cache';
import type { TensorInputs, TokenInputs } from './transformers';

/** A prompt's beginning that is the same for every question, and what the decoder kept of it. */
interface Prefix {
  readonly ids: BigInt64Array;
  /** Every question continues from a fork of it. */
  readonly cache: DynamicCache;
}

/** What is kept of an image, for all that is asked about it. */
export interface Look {
  /** Of the image as it was to be looked at. */
  readonly key: string;
  readonly image: PreparedImage;
  /** Undefined for families whose decoder starts with the answer. */
  readonly prefix: Prefix | undefined;
}

/** What a generation starts from. */
interface Start {
  readonly inputs: TokenInputs & TensorInputs;
  readonly cache?: DynamicCache;
}

/** Names an image as it is looked at. */
export const lookKey = (imageId: string, { maxPixels }: LookOptions): string =>
  maxPixels === undefined ? imageId : `${imageId} ${String(maxPixels)}`;

/** How many tensors are kept. */
export function tensorsOf({ image, prefix }: Look): number {
  return [image.vision, image.always, prefix?.cache ?? {}].reduce(
    (sum, tensors) => sum + Object.keys(tensors).length,
    0,
  );
}

/** Decodes an image and makes the encoder's input of it. @throws AppError `image-truncated` when the browser can't decode it */
export function pixelsOf(
  loaded: LoadedVision,
  picture: Blob,
  { maxPixels }: LookOptions,
  beside?: Beside,
): Promise<PreparedImage> {
  const fit = withLimit(loaded.picture, maxPixels);
  return loaded.prepare(async (options) =>
    beside === undefined
      ? loaded.imageProcessor(await fittedPicture(picture, fit), options)
      : beside.process({ picture, fit, ...(options === undefined ? {} : { options }) }),
  );
}

/** Encodes an image and runs the prompt up to its end; undefined for families whose decoder starts with the answer. */
export async function prefixOf(
  loaded: LoadedVision,
  image: PreparedImage,
): Promise<Prefix | undefined> {
  if (loaded.answerTask !== undefined) return undefined;
  const prompt = loaded.prompt('', image);
  const beginning = head(prompt, loaded.prefixLength(prompt));
  const cache = await prefill(loaded.model, { ...beginning, ...image.vision, ...image.always });
  return { ids: idsOf(beginning), cache };
}

/**
 * A prompt with the cached prefix where it begins with it, which it does unless a tokenizer joins a question to what stands before
 * it; from the picture itself, whose features are known, where it does not.
 */
export function startOf(loaded: LoadedVision, { image, prefix }: Look, question: string): Start {
  const prompt = loaded.prompt(question, image);
  const ids = idsOf(prompt);
  if (prefix?.ids.every((id, index) => ids[index] === id) === true) {
    return { inputs: { ...prompt, ...image.always }, cache: forkPrefix(prefix.cache) };
  }
  return { inputs: { ...prompt, ...image.always, ...image.vision } };
}

const idsOf = ({ input_ids }: TokenInputs) => input_ids.data as BigInt64Array;

/** The first `length` tokens of a prompt. */
function head({ input_ids, attention_mask }: TokenInputs, length: number): TokenInputs {
  return {
    input_ids: input_ids.slice(null, [0, length]),
    attention_mask: attention_mask.slice(null, [0, length]),
  };
}
