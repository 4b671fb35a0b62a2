/** `fixture.json` of tests/fixtures/models, written by training/fixtures/make.py. */
export interface ModelFixture {
  readonly family: string;
  readonly autoClass: 'AutoModelForImageTextToText' | 'AutoModelForCausalLM';
  readonly modelClass: string;
  /** Null: there is none for the family, or it needs none. */
  readonly processorClass: string | null;
  readonly call: FixtureCall;
  /** Empty where the repository has no chat template; then `promptText` is the prompt. */
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly templateOptions: Readonly<Record<string, unknown>>;
  readonly processorOptions: Readonly<Record<string, unknown>>;
  readonly expected: {
    /** What computed the tokens: numpy from the weights alone, or onnxruntime in Python. */
    readonly from: 'numpy' | 'onnxruntime';
    readonly promptText: string;
    readonly inputIds: readonly number[];
    readonly tokens: readonly number[];
    readonly answer: string;
  };
}

/**
 * How a prompt becomes inputs: the order of a processor's arguments; `task` a task token in place of a
 * prompt; `tokens-and-image` tokenizer and image processor apart, with the image token multiplied by hand.
 */
export type FixtureCall =
  'text' | 'text-image' | 'image-text' | 'text-image-audio' | 'task' | 'tokens-and-image';

/** What the library made of a fixture in the browser. */
export interface FixtureReport {
  /** The classes that `fixture.json` names, and whether the loaded objects are of them. */
  readonly isModelClass: boolean;
  readonly isProcessorClass: boolean;
  readonly promptText: string;
  readonly inputIds: readonly number[];
  readonly tokens: readonly number[];
  readonly answer: string;
}

export interface FixtureRequest {
  readonly family: string;
  readonly device: 'wasm' | 'webgpu';
}
