import { describe, expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../../../../src/core/errors';
import { classifyError } from '../../../../workers/engine/classify-error';
import { reply } from '../../../../workers/engine/reply';

const MESSAGES: readonly (readonly [message: string, code: ErrorCode])[] = [
  ['std::bad_alloc', 'out-of-memory'],
  ['WebAssembly.Memory(): Out of memory', 'out-of-memory'],
  ['Array buffer allocation failed', 'out-of-memory'],
  ['no available backend found. ERR: [wasm] RangeError: WebAssembly.Memory(): could not allocate memory', 'out-of-memory'],
  ['RuntimeError: Aborted(OOM). Build with -sASSERTIONS for more info.', 'out-of-memory'],
  ['Failed to allocate memory for buffer mapping', 'out-of-memory'],
  ['RuntimeError: memory access out of bounds', 'out-of-memory'],
  ['A valid external Instance reference no longer exists. Device is lost', 'device-lost'],
  ['The device was lost: destroyed', 'device-lost'],
  ["Failed to execute 'submit' on 'GPUQueue': GPUDevice is gone", 'device-lost'],
  ['Could not locate file: "https://x/org/model/resolve/main/a.onnx".', 'weights-missing'],
  ['`local_files_only=true` and file was not found locally', 'weights-missing'],
  ['TypeError: Failed to fetch', 'network'],
  ["Can't create a session. ERROR_CODE: 7, Failed to load model: Protobuf parsing failed.", 'model-file-broken'],
  ["Can't create a session. ERROR_CODE: 2, ERROR_MESSAGE: No graph was found in the protobuf.", 'model-file-broken'],
  ["Can't create a session. ERROR_CODE: 6, ERROR_MESSAGE: something new", 'model-broken'],
  ['Unsupported model type: foo', 'model-broken'],
  ['An error occurred: Missing the following inputs: pixel_values.', 'model-broken'],
  ['Image features and image tokens and features do not match', 'model-broken'],
  ['Non-zero status code returned while running MatMul node', 'model-broken'],
  ['Program Gather requires f16 but the device does not support it.', 'model-broken'],
  ['The device (webgpu) does not support fp16.', 'model-broken'],
  ["Can't create a session. ERROR_CODE: 1, ERROR_MESSAGE: Type Error: Type parameter (T) of Optype (Add) bound to different types", 'model-broken'],
  ["Can't create a session. ERROR_CODE: 9, ERROR_MESSAGE: Could not find an implementation for GatherBlockQuantized(1)", 'model-broken'],
  ['x is not a function', 'unknown'],
]; // prettier-ignore

describe('classifyError', () => {
  test.each(MESSAGES)('“%s” is %s', (message, code) => {
    expect(classifyError(new Error(message))).toEqual({ code, detail: message });
    expect(classifyError(message)).toEqual({ code, detail: message });
  });

  test('memory that ran out inside a node is no broken model', () => {
    const message = 'Non-zero status code returned while running Conv node: std::bad_alloc';
    expect(classifyError(new Error(message)).code).toBe('out-of-memory');
  });

  test('an error with a code keeps it, whatever its text says', () => {
    expect(classifyError(new AppError('image-svg', 'out of memory'))).toEqual({
      code: 'image-svg',
      detail: 'out of memory',
    });
  });

  test('an abort stays an abort', () => {
    expect(classifyError(new DOMException('stopped', 'AbortError')).code).toBe('aborted');
  });
});

describe('reply', () => {
  test('answers with the value', async () => {
    expect(await reply(() => Promise.resolve(5))).toEqual({ ok: true, value: 5 });
  });

  test('answers a rejection with data that can cross threads', async () => {
    const answer = await reply(() => Promise.reject(new AppError('image-empty', 'a.png')));
    expect(structuredClone(answer)).toEqual({
      ok: false,
      error: { code: 'image-empty', detail: 'a.png' },
    });
  });

  test('answers also when the work throws before it begins', async () => {
    const answer = await reply(() => {
      throw new Error('std::bad_alloc');
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'out-of-memory' } });
  });
});
