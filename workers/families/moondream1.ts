import {
  AutoImageProcessor,
  AutoModelForImageTextToText,
  AutoTokenizer,
  type Tensor,
} from '@huggingface/transformers';
import type { GenerativeModel, ImageProcessor, TextTokenizer } from '../engine/transformers';
import {
  lastIndexOfToken,
  plainText,
  fromPretrained,
  type LoadedVision,
  type VisionFamily,
} from './family';

interface MoondreamModel extends GenerativeModel {
  readonly config: { readonly image_token_index: number };
  encode_image(inputs: { pixel_values: Tensor }): Promise<Tensor>;
}

type ClipProcessor = ImageProcessor<{ pixel_values: Tensor }> & {
  readonly size: { readonly width?: number; readonly shortest_edge?: number };
};

const IMAGE = '<image>';
const DEFAULT_SQUARE_PX = 378;

export const moondream1: VisionFamily = {
  async load(options) {
    const model = await fromPretrained<MoondreamModel>(AutoModelForImageTextToText, options);
    const tokenizer = await fromPretrained<TextTokenizer>(AutoTokenizer, options);
    const processor = await fromPretrained<ClipProcessor>(AutoImageProcessor, options);
    return loaded(model, tokenizer, processor);
  },
};

function loaded(
  model: MoondreamModel,
  tokenizer: TextTokenizer,
  processor: ClipProcessor,
): LoadedVision {
  const imageId = BigInt(model.config.image_token_index);
  const encode = model.encode_image.bind(model);
  return {
    model,
    tokenizer,
    squarePx: processor.size.width ?? processor.size.shortest_edge ?? DEFAULT_SQUARE_PX,
    async prepare(image) {
      const { pixel_values } = await processor(image);
      // One feature a token: the encoder says how many, so it runs here, and `generate` gets its result.
      const features = await encode({ pixel_values });
      model.encode_image = () => Promise.resolve(features);
      return { vision: { pixel_values }, always: {}, imageTokens: features.dims.at(-2) ?? 0 };
    },
    prompt(question, { imageTokens }) {
      const text = tokenizer
        .apply_chat_template([{ role: 'user', content: plainText(question) }], {
          tokenize: false,
          add_generation_prompt: true,
        })
        .replace(IMAGE, IMAGE.repeat(imageTokens));
      return tokenizer(text, { add_special_tokens: false });
    },
    prefixLength: (prompt) => lastIndexOfToken(prompt, (id) => id === imageId) + 1,
  };
}
