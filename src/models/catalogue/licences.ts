import type { Licence } from '../hub-model';

export const APACHE: Licence = {
  name: 'Apache-2.0',
  url: 'https://www.apache.org/licenses/LICENSE-2.0',
};

export const MIT: Licence = { name: 'MIT', url: 'https://opensource.org/license/mit' };

export const GEMMA: Licence = { name: 'Gemma terms', url: 'https://ai.google.dev/gemma/terms' };

export const LFM: Licence = {
  name: 'LFM Open License v1.0',
  url: 'https://www.liquid.ai/lfm-license',
};

export const LLAMA: Licence = {
  name: 'Llama 3.2 Community License',
  url: 'https://www.llama.com/llama3_2/license/',
};

export const QWEN_RESEARCH: Licence = {
  name: 'Qwen Research License',
  url: 'https://huggingface.co/Qwen/Qwen2.5-VL-3B-Instruct/blob/main/LICENSE',
};

export const APPLE_RESEARCH: Licence = {
  name: 'Apple ML Research Model License',
  url: 'https://huggingface.co/apple/FastVLM-0.5B/blob/main/LICENSE',
};
