export interface ReuseRequest {
  readonly modelId: string;
  readonly image: Blob;
  readonly questions: readonly string[];
}

/** Token ids of each answer. */
export type ReuseReport = readonly {
  readonly reused: readonly number[];
  readonly anew: readonly number[];
}[];
