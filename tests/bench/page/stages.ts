export interface StagesRequest {
  readonly modelId: string;
  readonly image: Blob;
  readonly question: string;
  readonly repeats: number;
}

/** Milliseconds of one description, stage by stage. */
export interface Stages {
  /** The picture decoded, fitted into its square, turned into numbers. */
  readonly preprocessMs: number;
  /** The vision encoder. */
  readonly encodeMs: number;
  /** The decoder over the prompt up to the end of the picture, once a picture. */
  readonly prefixPrefillMs: number;
  /** The decoder over the question, from the cached prefix. */
  readonly questionPrefillMs: number;
  /** One token, the median. */
  readonly tokenMs: number;
  readonly tokens: number;
}
