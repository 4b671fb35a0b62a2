export interface PlainRequest {
  /** Below the page's root: `models/mini-qwen2-vl`. */
  readonly modelPath: string;
  readonly threads: number;
  readonly image: Blob;
  readonly prompts: readonly string[];
  readonly maxNewTokens: number;
}

export interface PlainReport {
  readonly ms: number;
  readonly texts: readonly string[];
}
