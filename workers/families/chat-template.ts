import { env } from '@huggingface/transformers';
import * as v from 'valibot';
import type { TextTokenizer } from '../engine/transformers';
import type { LoadOptions } from './family';

const templateFile = v.object({ chat_template: v.string() });

export type Message = { readonly role: 'user'; readonly content: unknown };

/** Renders one user message as the repository's template says. */
export type Render = (content: unknown) => string;

/**
 * The repository's chat template: `chat_template.jinja`, else `chat_template.json`, else what the tokenizer brings. The library
 * itself reads only the last, but for Gemma's processors (tokenization_utils.js 293, 4.3.1).
 */
export async function chatTemplate(
  { modelId }: LoadOptions,
  tokenizer: TextTokenizer,
): Promise<Render> {
  const template =
    (await storedText(modelId, 'chat_template.jinja')) ??
    templateOf(await storedText(modelId, 'chat_template.json'));
  return (content) =>
    tokenizer.apply_chat_template([{ role: 'user', content }], {
      tokenize: false,
      add_generation_prompt: true,
      enable_thinking: false,
      ...(template === undefined ? {} : { chat_template: template }),
    });
}

function templateOf(json: string | undefined): string | undefined {
  if (json === undefined) return undefined;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), templateFile), json);
  return parsed.success ? parsed.output.chat_template : undefined;
}

/** A small file of the repository, from where the library reads too. */
async function storedText(modelId: string, path: string): Promise<string | undefined> {
  const response = (await env.customCache?.match(`${modelId}/${path}`)) as Response | undefined;
  return response?.text();
}
