import { Tensor } from '@huggingface/transformers';
import type { GenerativeModel } from '../engine/transformers';

interface MergeInputs {
  readonly image_features: Tensor | null;
  readonly inputs_embeds: Tensor;
  readonly attention_mask: Tensor;
}

interface QwenModel extends GenerativeModel {
  encode_image(inputs: { pixel_values?: Tensor | null }): Promise<Tensor | null>;
  _merge_input_ids_with_image_features(inputs: MergeInputs): unknown;
  _get_text_only_rope_index(ids: Tensor, mask: Tensor): readonly [Tensor, Tensor];
}

/**
 * transformers.js 4.3.1 sets `pixel_values` to null when a KV cache is given and then calls the encoder with
 * it all the same; without a picture there is nothing to encode and nothing to merge. All of Qwen's models that see,
 * and GLM-OCR, share that code (qwen2_vl/modeling_qwen2_vl.js 274).
 */
export function skipAbsentImage(loaded: GenerativeModel): void {
  const model = loaded as QwenModel;
  const encode = model.encode_image.bind(model);
  const merge = model._merge_input_ids_with_image_features.bind(model);
  model.encode_image = (inputs) =>
    inputs.pixel_values === null || inputs.pixel_values === undefined
      ? Promise.resolve(null)
      : encode(inputs);
  model._merge_input_ids_with_image_features = (inputs) =>
    inputs.image_features === null
      ? { inputs_embeds: inputs.inputs_embeds, attention_mask: inputs.attention_mask }
      : merge(inputs);
}

/**
 * Without a picture the library adds the prompt's length to the offset of later positions where it should subtract it
 * (`_get_text_only_rope_index`, 4.3.1); for one prompt without padding the offset is 0.
 */
export function countTextPositions(loaded: GenerativeModel): void {
  const model = loaded as QwenModel;
  const positions = model._get_text_only_rope_index.bind(model);
  model._get_text_only_rope_index = (ids, mask) => [
    positions(ids, mask)[0],
    new Tensor('int64', new BigInt64Array(1), [1, 1]),
  ];
}
