/**
 * What we use of transformers.js, with types. The library's own say `any` in these places; the shapes here
 * are read from its source (4.3.1).
 */
import type { DynamicCache, RawImage, Tensor } from '@huggingface/transformers';

/** `input_ids` and `attention_mask` int64 [1, length]; families add their own. */
export interface TokenInputs {
  readonly input_ids: Tensor;
  readonly attention_mask: Tensor;
}

/** Further inputs by name: pixel values, grids, sizes. */
export type TensorInputs = Readonly<Record<string, Tensor>>;

export interface GenerateArguments extends Record<string, unknown> {
  readonly max_new_tokens: number;
  readonly do_sample: false;
}

export interface GenerateResult {
  readonly sequences: Tensor;
  readonly past_key_values: DynamicCache;
}

export interface GenerativeModel {
  /** With `return_dict_in_generate: true` a result object, else the sequences alone. */
  generate(
    args: GenerateArguments & { readonly return_dict_in_generate: true },
  ): Promise<GenerateResult>;
  dispose(): Promise<unknown>;
}

export interface TextTokenizer {
  (text: string, options?: { readonly add_special_tokens?: boolean }): TokenInputs;
  apply_chat_template(
    messages: readonly { readonly role: string; readonly content: unknown }[],
    options: {
      readonly tokenize: false;
      readonly add_generation_prompt: true;
      /** Handed to the template, which need not know it. */
      readonly enable_thinking?: boolean;
      readonly chat_template?: string;
    },
  ): string;
  decode(ids: readonly number[], options: { readonly skip_special_tokens: boolean }): string;
  readonly model_max_length: number;
  readonly config: unknown;
}

/** Makes tensors and plain data of a picture. */
export type ImageProcessor = (
  image: RawImage,
  options?: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;
