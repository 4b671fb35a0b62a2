import { AutoModelForCausalLM, AutoProcessor, Tensor } from '@huggingface/transformers';
import type {
  GenerativeModel,
  ImageProcessor,
  TextTokenizer,
  TokenInputs,
} from '../engine/transformers';
import { chatTemplate, type Render } from './chat-template';
import {
  lastIndexOfToken,
  plainText,
  fromPretrained,
  type LoadedVision,
  type VisionFamily,
} from './family';
import { withoutThinking } from './thinking';

/** What its image processor gives out. */
interface Crops {
  readonly pixel_values: Tensor;
  readonly image_sizes: Tensor;
  readonly num_img_tokens: readonly number[];
}

interface PhiProcessor {
  readonly tokenizer: TextTokenizer;
  readonly image_processor: ImageProcessor;
}

const IMAGE = '<|image|>';
const IMAGE_PLACEHOLDER = '<|image_1|>';

/** Two crops a side of 336 px: the number of image tokens then never changes, and narrow pictures don't fail. */
const SQUARE_PX = 672;
/** The fewest that the library takes; repositories name up to 16, for four times the tokens. */
const CROPS = { num_crops: 4 };

export const phi3V: VisionFamily = {
  async load(options) {
    const model = await fromPretrained<GenerativeModel>(AutoModelForCausalLM, options);
    const processor = await fromPretrained<PhiProcessor>(AutoProcessor, options);
    return loaded(model, processor, await chatTemplate(options, processor.tokenizer));
  },
};

function loaded(
  model: GenerativeModel,
  { tokenizer, image_processor }: PhiProcessor,
  render: Render,
): LoadedVision {
  // Llama's tokenizers may put a space in front.
  const imageId = (
    tokenizer(IMAGE, { add_special_tokens: false }).input_ids.data as BigInt64Array
  ).at(-1);
  return {
    model,
    tokenizer,
    picture: { kind: 'square', edgePx: SQUARE_PX },
    imageProcessor: image_processor,
    isProcessedBeside: true,
    clean: withoutThinking,
    async prepare(process) {
      const crops = (await process(CROPS)) as unknown as Crops;
      const { pixel_values, image_sizes, num_img_tokens } = crops;
      return {
        vision: { pixel_values, image_sizes },
        always: {},
        placeholder: IMAGE.repeat(num_img_tokens[0] ?? 0),
      };
    },
    prompt(question, { placeholder }) {
      const content = `${IMAGE_PLACEHOLDER}\n${plainText(question)}`;
      const text = render(content).replace(IMAGE_PLACEHOLDER, placeholder);
      return negated(tokenizer(text), imageId);
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
