import type { ModelFamily } from './spec';

/** What the library asks of a repository of a family (models/session_config.js and models/auto, 4.3.1). Data only. */
export interface Architecture {
  /** `model_type` in `config.json`. */
  readonly modelType: string;
  readonly sees: boolean;
  /** Stems of its ONNX files, all of which are loaded. */
  readonly parts: readonly string[];
  /** The part that writes, mostly the largest: its precision is what people call the model's. */
  readonly main: string;
  /** `processor_config.json` is read by its processor. */
  readonly needsProcessorConfig?: boolean;
  /** It is asked through the repository's chat template, and can't be without one. */
  readonly needsTemplate: boolean;
  readonly canJudge: boolean;
  /** Can be asked yes or no about a picture. */
  readonly canCheck: boolean;
  /** The library's Auto class for text alone; `CausalLM` leaves the encoders out where it can. */
  readonly textClass: 'CausalLM' | 'ImageTextToText';
  /** How its template takes a message's content where there is no picture. */
  readonly textContent: 'parts' | 'text';
  /** Positions are counted by the picture's grid: Qwen's models that see, and GLM-OCR. */
  readonly hasGridPositions?: boolean;
}

const seeing = {
  sees: true,
  parts: ['embed_tokens', 'vision_encoder', 'decoder_model_merged'],
  main: 'decoder_model_merged',
  needsTemplate: true,
  canJudge: true,
  canCheck: true,
  textClass: 'ImageTextToText',
  textContent: 'parts',
} as const;

const reading = {
  sees: false,
  parts: ['model'],
  main: 'model',
  needsTemplate: true,
  canJudge: true,
  canCheck: false,
  textClass: 'CausalLM',
  textContent: 'text',
} as const;

const qwen = { ...seeing, textClass: 'CausalLM', hasGridPositions: true } as const;
const llava = { ...seeing, needsProcessorConfig: true, textContent: 'text' } as const;
const idefics = { ...seeing, needsProcessorConfig: true } as const;
const gemma = {
  ...idefics,
  // The audio encoder is always loaded beside the vision encoder.
  parts: [...seeing.parts, 'audio_encoder'],
  textClass: 'CausalLM',
} as const;

export const ARCHITECTURES: Readonly<Record<ModelFamily, Architecture>> = {
  qwen2_vl: { ...qwen, modelType: 'qwen2_vl' },
  qwen2_5_vl: { ...qwen, modelType: 'qwen2_5_vl' },
  qwen3_vl: { ...qwen, modelType: 'qwen3_vl' },
  qwen3_5: { ...qwen, modelType: 'qwen3_5' },
  // It reads text in pictures and does nothing else.
  glm_ocr: { ...seeing, modelType: 'glm_ocr', canJudge: false, canCheck: false },
  phi3_v: {
    ...seeing,
    modelType: 'phi3_v',
    parts: ['prepare_inputs_embeds', 'vision_encoder', 'model'],
    main: 'model',
    textClass: 'CausalLM',
    textContent: 'text',
  },
  moondream1: {
    ...seeing,
    modelType: 'moondream1',
    needsTemplate: false,
    canJudge: false,
    textContent: 'text',
  },
  idefics3: { ...idefics, modelType: 'idefics3' },
  smolvlm: { ...idefics, modelType: 'smolvlm' },
  granite_docling: { ...idefics, modelType: 'idefics3', canJudge: false, canCheck: false },
  llava: { ...llava, modelType: 'llava' },
  llava_qwen2: { ...llava, modelType: 'llava_qwen2' },
  lfm2_vl: { ...seeing, modelType: 'lfm2_vl' },
  gemma3n: { ...gemma, modelType: 'gemma3n' },
  gemma4: { ...gemma, modelType: 'gemma4' },
  florence2: {
    ...seeing,
    modelType: 'florence2',
    parts: [...seeing.parts, 'encoder_model'],
    needsTemplate: false,
    canJudge: false,
    canCheck: false,
    textContent: 'text',
  },
  llama: { ...reading, modelType: 'llama' },
  qwen2: { ...reading, modelType: 'qwen2' },
  qwen3: { ...reading, modelType: 'qwen3' },
  smollm3: { ...reading, modelType: 'smollm3' },
  phi3: { ...reading, modelType: 'phi3' },
  gemma3_text: { ...reading, modelType: 'gemma3_text' },
  granite: { ...reading, modelType: 'granite' },
  granitemoehybrid: { ...reading, modelType: 'granitemoehybrid' },
  lfm2: { ...reading, modelType: 'lfm2' },
  mistral: { ...reading, modelType: 'mistral' },
};

/** The family that runs a `model_type` when nothing else is known of the repository. */
export function familyOf(modelType: string): ModelFamily | undefined {
  return Object.hasOwn(ARCHITECTURES, modelType) && modelType !== 'granite_docling'
    ? (modelType as ModelFamily)
    : undefined;
}
