import type { ChatForm } from './chat-vision';
import { predefinedId } from './predefined';
import { skipAbsentImage } from './qwen-vl';

/** What the processors' own examples bring pictures down to for Qwen's models in a browser: 448 x 448 px. */
const QWEN_PIXELS = 448 * 448;
/** More than any of the other families' processors keeps. */
const LARGEST_PIXELS = 2048 * 2048;

const qwen: ChatForm = {
  order: 'text-image',
  placeholder: '<|image_pad|>',
  content: 'parts',
  addsSpecialTokens: true,
  lastToken: '<|vision_end|>',
  always: ['image_grid_thw'],
  encoder: 'encode_image',
  maxPixels: QWEN_PIXELS,
  cure: skipAbsentImage,
};

const idefics: ChatForm = {
  order: 'text-image',
  placeholder: '<image>',
  content: 'parts',
  addsSpecialTokens: true,
  encoder: 'encode_image',
  maxPixels: LARGEST_PIXELS,
};

const llava: ChatForm = {
  order: 'image-text',
  placeholder: '<image>',
  content: 'text',
  addsSpecialTokens: false,
  encoder: 'encode_image',
  maxPixels: LARGEST_PIXELS,
};

const gemma: ChatForm = {
  order: 'text-image-audio',
  placeholder: '<image_soft_token>',
  content: 'parts',
  addsSpecialTokens: false,
  encoder: '_encode_vision',
  maxPixels: LARGEST_PIXELS,
};

/** DocTags to text: each element on a line of its own, without places and markup. */
function withoutDocTags(text: string): string {
  return text
    .replace(/<\/?(?:loc_\d+|nl|fcel|ecel|lcel|ucel|xcel|ched|rhed)>/gu, ' ')
    .replace(/<\/?[a-z_0-9]+>/gu, '\n')
    .replace(/[ \t]+/gu, ' ')
    .replace(/\s*\n\s*/gu, '\n');
}

/** How the families that have no code of their own are prompted and fed. */
export const CHAT_FORMS = {
  qwen2_vl: qwen,
  qwen2_5_vl: qwen,
  qwen3_vl: qwen,
  // Its cache has states beside keys and values: they can be continued from at the prefix's very end, which is where we do.
  qwen3_5: qwen,
  glm_ocr: {
    ...qwen,
    placeholder: '<|image|>',
    lastToken: '<|end_of_image|>',
    maxPixels: 1024 * 1024,
    // It reads; what it was not trained to do it answers with the same text.
    instead: (question) => (predefinedId(question) === undefined ? question : 'Text Recognition:'),
  },
  idefics3: idefics,
  smolvlm: idefics,
  granite_docling: {
    ...idefics,
    instead: (question) =>
      predefinedId(question) === undefined ? question : 'Convert this page to docling.',
    clean: withoutDocTags,
  },
  llava,
  llava_qwen2: llava,
  // Convolution states beside keys and values: as Qwen3.5.
  lfm2_vl: { ...llava, content: 'parts' },
  gemma3n: gemma,
  gemma4: { ...gemma, placeholder: '<|image|>', hasOwnImageProcessor: true },
} satisfies Readonly<Record<string, ChatForm>>;
