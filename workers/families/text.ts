import {
  AutoModelForCausalLM,
  AutoModelForImageTextToText,
  AutoTokenizer,
} from '@huggingface/transformers';
import { ARCHITECTURES } from '../../src/models/architectures';
import type { ModelFamily } from '../../src/models/spec';
import type { GenerativeModel, TextTokenizer } from '../engine/transformers';
import { chatTemplate } from './chat-template';
import { fromPretrained, plainText, type LoadOptions, type LoadedText } from './family';
import { countTextPositions } from './qwen-vl';
import { withoutThinking } from './thinking';

/**
 * A model that writes verdicts: a language model, or one that sees, loaded without its encoders where the library can do
 * that. All of them are asked through their chat templates; what differs is data.
 */
export async function loadText(family: ModelFamily, options: LoadOptions): Promise<LoadedText> {
  const { textClass, textContent, hasGridPositions } = ARCHITECTURES[family];
  const loader = textClass === 'CausalLM' ? AutoModelForCausalLM : AutoModelForImageTextToText;
  const model = await fromPretrained<GenerativeModel>(loader, options);
  const tokenizer = await fromPretrained<TextTokenizer>(AutoTokenizer, options);
  const render = await chatTemplate(options, tokenizer);
  if (hasGridPositions === true) countTextPositions(model);
  return {
    model,
    tokenizer,
    clean: withoutThinking,
    prompt(question) {
      const text = plainText(question);
      const content = textContent === 'parts' ? [{ type: 'text', text }] : text;
      return tokenizer(render(content), { add_special_tokens: false });
    },
  };
}
