/** Every way in which something can fail, by name. The sentence for each is in `ui/common/error-text.ts`. */
export const ERROR_CODES = [
  // the image's
  'image-empty',
  'image-not-an-image',
  'image-truncated',
  'image-too-large',
  'image-svg',
  'image-unsupported',
  'image-gone',
  // of where it is read from
  'source-permission',
  'source-gone',
  'source-changed',
  // a folder's or an archive's
  'folder-empty',
  'archive-empty',
  'archive-unreadable',
  'archive-truncated',
  'archive-too-many',
  'archive-encrypted',
  'archive-path',
  'archive-link',
  'archive-nested',
  'archive-bomb',
  'archive-damaged',
  'archive-compression',
  'captions-unreadable',
  // an address's
  'url-not-found',
  'url-refused',
  'url-failing',
  'url-forbidden',
  'url-unreachable',
  'url-offline',
  'url-insecure',
  'url-page',
  'url-too-large',
  // a dataset's
  'dataset-name-unreadable',
  'dataset-not-a-dataset',
  'dataset-not-found',
  'dataset-gated',
  'dataset-token-refused',
  'dataset-token-too-narrow',
  'dataset-disabled',
  'dataset-revision-gone',
  'dataset-part-missing',
  'dataset-file-missing',
  'dataset-no-images',
  'dataset-nested-images',
  'dataset-archives-only',
  'dataset-viewer-disabled',
  'dataset-viewer-failing',
  'dataset-not-ready',
  'dataset-too-big',
  'dataset-no-search',
  'dataset-busy',
  'dataset-failing',
  'dataset-unreadable',
  'dataset-offline',
  'dataset-changed',
  'row-empty',
  'row-broken',
  'parquet-codec',
  // the weights'
  'weights-missing',
  'weights-corrupt',
  'network',
  // the repository's
  'repository-name-unreadable',
  'repository-not-a-model',
  'repository-not-found',
  'repository-gated',
  'repository-disabled',
  'revision-not-found',
  'token-refused',
  'token-too-narrow',
  // the Hub's
  'hub-unreachable',
  'rate-limited',
  'hub-failing',
  'hub-unreadable',
  // the machine's
  'quota-exceeded',
  'storage-blocked',
  'out-of-memory',
  'device-lost',
  'worker-died',
  'worker-silent',
  'machine-failing',
  'source-failing',
  // the model's
  'model-broken',
  'model-file-broken',
  'model-empty-answer',
  'nothing-to-judge',
  // neither
  'aborted',
  'unknown',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Whose fault a failure is decides what the run does next (see `engine/runner`). */
export type Fault = 'image' | 'worker' | 'model' | 'machine' | 'nobody';

/** An error as it crosses threads and is stored: Comlink and IndexedDB lose the fields of Error objects. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly detail: string;
}

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, detail = '', options?: ErrorOptions) {
    super(detail === '' ? code : `${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
  }

  readonly detail: string;
}

/** What every call into a worker answers: a value, or an error as data. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorData };

const FAULTS: Record<ErrorCode, Fault> = {
  'image-empty': 'image',
  'image-not-an-image': 'image',
  'image-truncated': 'image',
  'image-too-large': 'image',
  'image-svg': 'image',
  'image-unsupported': 'image',
  'image-gone': 'image',
  'source-permission': 'image',
  'source-gone': 'image',
  'source-changed': 'image',
  'folder-empty': 'image',
  'archive-empty': 'image',
  'archive-unreadable': 'image',
  'archive-truncated': 'image',
  'archive-too-many': 'image',
  'archive-encrypted': 'image',
  'archive-path': 'image',
  'archive-link': 'image',
  'archive-nested': 'image',
  'archive-bomb': 'image',
  'archive-damaged': 'image',
  'archive-compression': 'image',
  'captions-unreadable': 'image',
  'url-not-found': 'image',
  'url-refused': 'image',
  'url-failing': 'image',
  'url-forbidden': 'image',
  'url-unreachable': 'image',
  'url-offline': 'image',
  'url-insecure': 'image',
  'url-page': 'image',
  'url-too-large': 'image',
  'dataset-name-unreadable': 'image',
  'dataset-not-a-dataset': 'image',
  'dataset-not-found': 'image',
  'dataset-gated': 'image',
  'dataset-token-refused': 'image',
  'dataset-token-too-narrow': 'image',
  'dataset-disabled': 'image',
  'dataset-revision-gone': 'image',
  'dataset-part-missing': 'image',
  'dataset-file-missing': 'image',
  'dataset-no-images': 'image',
  'dataset-nested-images': 'image',
  'dataset-archives-only': 'image',
  'dataset-viewer-disabled': 'image',
  'dataset-viewer-failing': 'image',
  'dataset-not-ready': 'image',
  'dataset-too-big': 'image',
  'dataset-no-search': 'image',
  'dataset-busy': 'image',
  'dataset-failing': 'image',
  'dataset-unreadable': 'image',
  'dataset-offline': 'image',
  'dataset-changed': 'image',
  'row-empty': 'image',
  'row-broken': 'image',
  'parquet-codec': 'image',
  'weights-missing': 'model',
  'weights-corrupt': 'model',
  network: 'model',
  'repository-name-unreadable': 'model',
  'repository-not-a-model': 'model',
  'repository-not-found': 'model',
  'repository-gated': 'model',
  'repository-disabled': 'model',
  'revision-not-found': 'model',
  'token-refused': 'model',
  'token-too-narrow': 'model',
  'hub-unreachable': 'model',
  'rate-limited': 'model',
  'hub-failing': 'model',
  'hub-unreadable': 'model',
  'quota-exceeded': 'machine',
  'storage-blocked': 'machine',
  'out-of-memory': 'model',
  'device-lost': 'worker',
  'worker-died': 'worker',
  'worker-silent': 'worker',
  'machine-failing': 'machine',
  'source-failing': 'machine',
  'model-broken': 'model',
  'model-file-broken': 'model',
  'model-empty-answer': 'image',
  'nothing-to-judge': 'image',
  aborted: 'nobody',
  unknown: 'worker',
};

export function faultOf(code: ErrorCode): Fault {
  return FAULTS[code];
}

export function toErrorData(error: unknown): ErrorData {
  if (error instanceof AppError) return { code: error.code, detail: error.detail };
  if (isAbort(error)) return { code: 'aborted', detail: '' };
  return { code: 'unknown', detail: error instanceof Error ? error.message : String(error) };
}

export function fromErrorData(data: ErrorData): AppError {
  return new AppError(data.code, data.detail);
}

/** The value of a reply; throws its error as an AppError. */
export function unwrap<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw fromErrorData(reply.error);
}

export function isAbort(error: unknown): boolean {
  return error instanceof AppError
    ? error.code === 'aborted'
    : error instanceof Error && error.name === 'AbortError';
}
