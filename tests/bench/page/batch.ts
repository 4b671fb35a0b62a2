export interface BatchRequest {
  readonly modelId: string;
  readonly sizes: readonly number[];
  readonly repeats: number;
}

/** Milliseconds of one row of a batch, the best of the repeats. */
export interface BatchTimes {
  readonly rows: number;
  /** One decoder step after 64 tokens. */
  readonly tokenMs: number;
  /** The decoder over 64 tokens. */
  readonly prefillMs: number;
}
