import type { WorkDone } from '../../../src/core/protocol';
import type { Device } from '../../../src/core/run';

export interface PlainRequest {
  /** Below the page's root: `models/mini-qwen2-vl`. */
  readonly modelPath: string;
  readonly form: PlainForm;
  readonly threads: number;
  readonly device: Device;
  readonly image: Blob;
  readonly prompts: readonly string[];
  readonly maxNewTokens: number;
  /** Whether the model's runs are timed one by one, from this request on. */
  readonly isTimed: boolean;
}

/** How the examples of each family call it. */
export type PlainForm = 'qwen2_vl' | 'phi3_v' | 'moondream1';

export interface PlainReport {
  readonly ms: number;
  readonly texts: readonly string[];
  /** Of all requests since the first timed one. */
  readonly done: WorkDone;
}
