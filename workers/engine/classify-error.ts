import { AppError, toErrorData, type ErrorCode, type ErrorData } from '../../src/core/errors';

/** Messages of onnxruntime, transformers.js and the browser, seen in the wild; the first match counts. */
const PATTERNS: readonly (readonly [RegExp, ErrorCode])[] = [
  [
    /out of memory|not enough memory|bad_alloc|array buffer allocation|allocation failed|(?:could not|failed to|cannot) allocate|aborted\(OOM\)|memory access out of bounds/iu,
    'out-of-memory',
  ],
  [/device (is |was )?lost|device.*destroyed|GPUDevice/iu, 'device-lost'],
  [/failed to fetch|importing a module script failed/iu, 'network'],
  [/could not locate file|file not found|was not found/iu, 'weights-missing'],
  // What is stored was checked against its hash: it is the repository's file that is so.
  [
    /protobuf parsing failed|no graph was found|invalid model|failed to load model|ERROR_CODE: 7/iu,
    'model-file-broken',
  ],
  [
    /unsupported model type|missing the following inputs|tokens and features do not match|non-zero status code|requires f16|does not support fp16|type error: type|could not find an implementation|can't create a session/iu,
    'model-broken',
  ],
];

/** The one place that reads message texts. */
export function classifyError(error: unknown): ErrorData {
  if (error instanceof AppError) return toErrorData(error);
  const detail = error instanceof Error ? error.message : String(error);
  const known = PATTERNS.find(([pattern]) => pattern.test(detail));
  return known === undefined ? toErrorData(error) : { code: known[1], detail };
}
