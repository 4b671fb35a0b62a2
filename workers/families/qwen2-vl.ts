import { AutoModelForImageTextToText, AutoProcessor, type Tensor } from '@huggingface/transformers';
import type { GenerativeModel, ImageProcessor, TextTokenizer } from '../engine/transformers';
import {
  lastIndexOfToken,
  plainText,
  fromPretrained,
  type LoadedVision,
  type VisionFamily,
} from './family';

interface QwenProcessor {
  readonly tokenizer: TextTokenizer;
  readonly image_processor: ImageProcessor<{ pixel_values: Tensor; image_grid_thw: Tensor }> & {
    readonly merge_size: number;
    readonly max_pixels: number;
  };
}

interface QwenModel extends GenerativeModel {
  readonly config: { readonly vision_end_token_id: number };
  encode_image(inputs: { pixel_values?: Tensor | null }): Promise<Tensor | null>;
  _merge_input_ids_with_image_features(inputs: MergeInputs): unknown;
}

interface MergeInputs {
  readonly image_features: Tensor | null;
  readonly inputs_embeds: Tensor;
  readonly attention_mask: Tensor;
}

const IMAGE_PAD = '<|image_pad|>';

export const qwen2Vl: VisionFamily = {
  async load(options) {
    const model = await fromPretrained<QwenModel>(AutoModelForImageTextToText, options);
    const processor = await fromPretrained<QwenProcessor>(AutoProcessor, options);
    skipAbsentImage(model);
    return loaded(model, processor);
  },
};

function loaded(model: QwenModel, { tokenizer, image_processor }: QwenProcessor): LoadedVision {
  const visionEnd = BigInt(model.config.vision_end_token_id);
  return {
    model,
    tokenizer,
    squarePx: Math.round(Math.sqrt(image_processor.max_pixels)),
    async prepare(image) {
      const { pixel_values, image_grid_thw } = await image_processor(image);
      const patches = [...(image_grid_thw.data as BigInt64Array)].reduce(
        (n, side) => n * Number(side),
        1,
      );
      return {
        vision: { pixel_values },
        always: { image_grid_thw },
        imageTokens: patches / image_processor.merge_size ** 2,
      };
    },
    prompt(question, { imageTokens }) {
      const content = [{ type: 'image' }, { type: 'text', text: plainText(question) }];
      const text = tokenizer
        .apply_chat_template([{ role: 'user', content }], {
          tokenize: false,
          add_generation_prompt: true,
        })
        .replace(IMAGE_PAD, IMAGE_PAD.repeat(imageTokens));
      return tokenizer(text, { add_special_tokens: false });
    },
    prefixLength: (prompt) => lastIndexOfToken(prompt, (id) => id === visionEnd) + 1,
  };
}

/**
 * transformers.js 4.3.1 sets `pixel_values` to null when a KV cache is given and then calls the encoder with
 * it all the same; without a picture there is nothing to encode and nothing to merge.
 */
function skipAbsentImage(model: QwenModel): void {
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
