import { AutoModelForCausalLM, AutoProcessor, Tensor } from '@huggingface/transformers';
import type {
  GenerativeModel,
  ImageProcessor,
  TextTokenizer,
  TokenInputs,
} from '../engine/transformers';
import {
  lastIndexOfToken,
  plainText,
  fromPretrained,
  type LoadedVision,
  type VisionFamily,
} from './family';

interface PhiProcessor {
  readonly tokenizer: TextTokenizer;
  readonly image_processor: ImageProcessor<{
    pixel_values: Tensor;
    image_sizes: Tensor;
    num_img_tokens: readonly number[];
  }>;
}

const IMAGE = '<|image|>';
const IMAGE_PLACEHOLDER = '<|image_1|>';

/** Two crops a side of 336 px: the number of image tokens then never changes, and narrow pictures don't fail. */
const SQUARE_PX = 672;

export const phi3V: VisionFamily = {
  async load(options) {
    const model = await fromPretrained<GenerativeModel>(AutoModelForCausalLM, options);
    const processor = await fromPretrained<PhiProcessor>(AutoProcessor, options);
    return loaded(model, processor);
  },
};

function loaded(
  model: GenerativeModel,
  { tokenizer, image_processor }: PhiProcessor,
): LoadedVision {
  const imageId = (
    tokenizer(IMAGE, { add_special_tokens: false }).input_ids.data as BigInt64Array
  )[0];
  return {
    model,
    tokenizer,
    squarePx: SQUARE_PX,
    async prepare(image) {
      const { pixel_values, image_sizes, num_img_tokens } = await image_processor(image);
      return {
        vision: { pixel_values, image_sizes },
        always: {},
        imageTokens: num_img_tokens[0] ?? 0,
      };
    },
    prompt(question, { imageTokens }) {
      const content = `${IMAGE_PLACEHOLDER}\n${plainText(question)}`;
      const text = tokenizer
        .apply_chat_template([{ role: 'user', content }], {
          tokenize: false,
          add_generation_prompt: true,
        })
        .replace(IMAGE_PLACEHOLDER, IMAGE.repeat(imageTokens));
      return negated(tokenizer(text, { add_special_tokens: false }), imageId);
    },
    prefixLength: (prompt) => lastIndexOfToken(prompt, (id) => id < 0n) + 1,
  };
}

/** The model tells image positions by negative ids. */
function negated(
  { input_ids, attention_mask }: TokenInputs,
  imageId: bigint | undefined,
): TokenInputs {
  const ids = (input_ids.data as BigInt64Array).map((id) => (id === imageId ? -id : id));
  return { input_ids: new Tensor('int64', ids, [...input_ids.dims]), attention_mask };
}
