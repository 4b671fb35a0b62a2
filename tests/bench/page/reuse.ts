import type { Device } from '../../../src/core/run';

/** What is asked of a model, and where it computes. */
export interface ReuseOptions {
  /** So many of the predefined prompts, after a yes/no question. */
  readonly prompts: number;
  readonly device: Device;
  readonly maxNewTokens: number;
  /** The answer to the last question is compared alone; those before it take their forks of the same prefix. */
  readonly onlyLast: boolean;
}

export interface ReuseRequest extends Pick<ReuseOptions, 'device' | 'maxNewTokens' | 'onlyLast'> {
  readonly modelId: string;
  readonly image: Blob;
  readonly questions: readonly string[];
}

export interface ReuseReport {
  /** Where the tensors of the cached prefix are: `cpu`, `gpu-buffer`. */
  readonly cachedOn: readonly string[];
  /** Token ids of each answer. */
  readonly answers: readonly {
    readonly reused: readonly number[];
    readonly anew: readonly number[];
  }[];
}
