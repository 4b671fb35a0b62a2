import { describe, expect, test } from 'vitest';
import type { Fit } from '../../../src/core/device-fit';
import { ERROR_CODES } from '../../../src/core/errors';
import { hasWayOut, wayOut, type Variant } from '../../../src/core/ways-out';

const YES: Fit = { kind: 'yes' };
const MAYBE: Fit = { kind: 'maybe', reason: { code: 'slow-on-cpu', parts: [] } };
const NO: Fit = { kind: 'no', reason: { code: 'needs-half-floats', parts: [] } };
const at = (
  device: Variant['device'],
  precision: string,
  bytes: number,
  fit: Fit = YES,
): Variant => ({
  device,
  precision,
  bytes,
  fit,
});
const ALL = [
  at('webgpu', 'fp32', 800),
  at('webgpu', 'fp16', 400),
  at('webgpu', 'q4', 120),
  at('webgpu', 'q4f16', 100),
  at('wasm', 'q8', 200),
  at('wasm', 'q4', 120, MAYBE),
];

describe.each(['out-of-memory', 'device-lost'] as const)('%s', (code) => {
  test('asks for the next smaller one on the same device', () => {
    expect(wayOut(code, at('webgpu', 'fp32', 0), ALL)).toBe(ALL[1]);
    expect(wayOut(code, at('webgpu', 'q4', 0), ALL)).toBe(ALL[3]);
  });

  test('then for the other device, where it surely fits', () => {
    expect(wayOut(code, at('webgpu', 'q4f16', 0), ALL)).toBe(ALL[4]);
    expect(wayOut(code, at('wasm', 'q4', 0), ALL)).toBe(ALL[0]);
  });

  test('takes what may fit where nothing else is left, and never what does not', () => {
    const few = [at('webgpu', 'q4', 120), at('webgpu', 'q4f16', 100, NO), ALL[5]!];
    expect(wayOut(code, few[0]!, few)).toBe(ALL[5]);
    expect(wayOut(code, few[0]!, few.slice(0, 2))).toBeUndefined();
    expect(wayOut(code, few[0]!, [])).toBeUndefined();
  });
});

test('a model that does not start in half floats is tried without them', () => {
  expect(wayOut('model-broken', at('webgpu', 'q4f16', 0), ALL)).toBe(ALL[0]);
  expect(wayOut('model-broken', at('wasm', 'q8', 0), ALL)).toBe(ALL[5]);
});

test('no other failure has a way out', () => {
  expect(ERROR_CODES.filter(hasWayOut).sort()).toEqual([
    'device-lost',
    'model-broken',
    'out-of-memory',
  ]);
  expect(wayOut('network', ALL[0]!, ALL)).toBeUndefined();
});
