import { describe, expect, test } from 'vitest';
import {
  AppError,
  ERROR_CODES,
  type ErrorCode,
  type Fault,
  faultOf,
  fromErrorData,
  isAbort,
  toErrorData,
  unwrap,
} from '../../../src/core/errors';

const FAULTS: Record<Fault, readonly ErrorCode[]> = {
  image: [
    'image-empty',
    'image-not-an-image',
    'image-truncated',
    'image-too-large',
    'image-svg',
    'image-unsupported',
    'image-gone',
    'source-permission',
    'source-gone',
    'source-changed',
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
    'url-not-found',
    'url-refused',
    'url-failing',
    'url-forbidden',
    'url-unreachable',
    'url-offline',
    'url-insecure',
    'url-page',
    'url-too-large',
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
    'model-empty-answer',
    'nothing-to-judge',
  ],
  model: [
    'weights-missing',
    'weights-corrupt',
    'network',
    'repository-name-unreadable',
    'repository-not-a-model',
    'repository-not-found',
    'repository-gated',
    'repository-disabled',
    'revision-not-found',
    'token-refused',
    'token-too-narrow',
    'hub-unreachable',
    'rate-limited',
    'hub-failing',
    'hub-unreadable',
    'out-of-memory',
    'model-broken',
    'model-file-broken',
  ],
  worker: ['device-lost', 'worker-died', 'worker-silent', 'unknown'],
  machine: ['quota-exceeded', 'storage-blocked', 'machine-failing', 'source-failing'],
  nobody: ['aborted'],
};

const rows = Object.entries(FAULTS).flatMap(([fault, codes]) =>
  codes.map((code) => [code, fault] as const),
);

describe('faultOf', () => {
  test.each(rows)('%s is the fault of: %s', (code, fault) => {
    expect(faultOf(code)).toBe(fault);
  });

  test('every code is in this table', () => {
    expect(rows.map(([code]) => code).sort()).toEqual([...ERROR_CODES].sort());
  });
});

describe('errors as data', () => {
  test.each<[string, unknown, ErrorCode, string]>([
    ['an AppError keeps code and detail', new AppError('network', '404'), 'network', '404'],
    ['an abort of the browser is aborted', new DOMException('stop', 'AbortError'), 'aborted', ''],
    ['any other error is unknown', new TypeError('x is y'), 'unknown', 'x is y'],
    ['a thrown text is unknown', 'oops', 'unknown', 'oops'],
  ])('%s', (_, error, code, detail) => {
    expect(toErrorData(error)).toEqual({ code, detail });
  });

  test('an error survives the way through a structured clone', () => {
    const data = structuredClone(toErrorData(new AppError('image-svg', 'a.svg')));
    const error = fromErrorData(data);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ name: 'AppError', code: 'image-svg', detail: 'a.svg' });
  });

  test('the message names the code, and the detail where there is one', () => {
    expect(new AppError('network', '404').message).toBe('network: 404');
    expect(new AppError('network').message).toBe('network');
  });

  test('the cause is kept', () => {
    const cause = new Error('why');
    expect(new AppError('unknown', '', { cause }).cause).toBe(cause);
  });
});

describe('unwrap', () => {
  test('gives the value of a good reply, also an empty one', () => {
    expect(unwrap({ ok: true, value: 0 })).toBe(0);
  });

  test('throws the error of a bad reply', () => {
    const bad = { ok: false, error: { code: 'out-of-memory', detail: 'x' } } as const;
    expect(() => unwrap(bad)).toThrow(new AppError('out-of-memory', 'x'));
  });
});

describe('isAbort', () => {
  test.each<[string, unknown, boolean]>([
    ['AppError aborted', new AppError('aborted'), true],
    ['another AppError', new AppError('network'), false],
    ['AbortError', new DOMException('', 'AbortError'), true],
    ['TimeoutError', new DOMException('', 'TimeoutError'), false],
    ['a text', 'AbortError', false],
    ['undefined', undefined, false],
  ])('%s: %s -> %s', (_, error, expected) => {
    expect(isAbort(error)).toBe(expected);
  });
});
