import {
  AutoImageProcessor,
  AutoModelForImageTextToText,
  AutoTokenizer,
  Tensor,
} from '@huggingface/transformers';
import type { PictureFit } from '../../src/core/protocol';
import type { PictureRule } from '../../src/models/spec';
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
import { memoised } from './memoised';
import { withoutThinking } from './thinking';

interface MoondreamModel extends GenerativeModel {
  readonly config: { readonly image_token_index: number };
  encode_image(inputs: { pixel_values: Tensor }): Promise<Tensor>;
}

type ClipProcessor = ImageProcessor & {
  readonly size: { readonly width?: number; readonly shortest_edge?: number };
};

type MoondreamTokenizer = TextTokenizer & { readonly chat_template: string | null };

const IMAGE = '<image>';
const DEFAULT_SQUARE_PX = 378;
const LARGEST_PIXELS = 2048 * 2048;

export const moondream1: VisionFamily = {
  async load(options) {
    const model = await fromPretrained<MoondreamModel>(AutoModelForImageTextToText, options);
    const tokenizer = await fromPretrained<MoondreamTokenizer>(AutoTokenizer, options);
    const processor = await fromPretrained<ClipProcessor>(AutoImageProcessor, options);
    // The original has no template; its authors' own code writes the prompt like this.
    const render =
      tokenizer.chat_template === null
        ? (content: unknown) => `${IMAGE}\n\nQuestion: ${String(content)}\n\nAnswer:`
        : await chatTemplate(options, tokenizer);
    return loaded(model, tokenizer, processor, render, options.picture);
  },
};

function loaded(
  model: MoondreamModel,
  tokenizer: TextTokenizer,
  processor: ClipProcessor,
  render: Render,
  rule: PictureRule | undefined,
): LoadedVision {
  const imageId = BigInt(model.config.image_token_index);
  const encode = memoised(model.encode_image.bind(model), ({ pixel_values }) => pixel_values);
  model.encode_image = encode;
  return {
    model,
    tokenizer,
    picture: fitOf(processor, rule),
    clean: withoutThinking,
    imageProcessor: processor,
    isProcessedBeside: true,
    async prepare(process) {
      const { pixel_values } = (await process()) as { readonly pixel_values: Tensor };
      // One feature a token: the encoder says how many (729 at 378 px), and `generate` gets the same features.
      const features = await encode({ pixel_values });
      return {
        vision: { pixel_values },
        always: {},
        placeholder: IMAGE.repeat(features.dims.at(-2) ?? 0),
      };
    },
    prompt(question, { placeholder }) {
      const text = render(plainText(question)).replace(IMAGE, placeholder);
      return withImageIds(tokenizer, text, imageId);
    },
    prefixLength: (prompt) => lastIndexOfToken(prompt, (id) => id === imageId) + 1,
  };
}

function fitOf({ size }: ClipProcessor, rule: PictureRule | undefined): PictureFit {
  const edgePx = size.width ?? size.shortest_edge ?? DEFAULT_SQUARE_PX;
  return rule?.isSquared === true
    ? { kind: 'square', edgePx }
    : { kind: 'whole', maxPixels: rule?.maxPixels ?? LARGEST_PIXELS };
}

/**
 * Token ids of a text in which every `<image>` is the id that the configuration names: in the original that is -200,
 * which no tokenizer gives.
 */
function withImageIds(tokenizer: TextTokenizer, text: string, imageId: bigint): TokenInputs {
  const ids = text.split(IMAGE).flatMap((piece, index) => {
    const own = piece === '' ? [] : idsOf(tokenizer(piece, { add_special_tokens: false }));
    return index === 0 ? own : [imageId, ...own];
  });
  const dims = [1, ids.length];
  return {
    input_ids: new Tensor('int64', BigInt64Array.from(ids), dims),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), dims),
  };
}

const idsOf = ({ input_ids }: TokenInputs): bigint[] => [...(input_ids.data as BigInt64Array)];
