import { describe, expect, test } from 'vitest';
import { fits, type DeviceLimits, type FitModel } from '../../../src/core/device-fit';

const MIB = 1024 ** 2;
const GIB = 1024 * MIB;

const GPU = {
  kind: 'hardware',
  shaderF16: true,
  maxBufferBytes: 2 * GIB,
  maxStorageBindingBytes: 128 * MIB,
} as const;
const limits = (parts: Partial<DeviceLimits> = {}): DeviceLimits => ({
  webgpu: GPU,
  wasmHeapBytes: 4 * GIB,
  deviceMemoryBytes: 8 * GIB,
  freeBytes: 10 * GIB,
  ...parts,
});
const model = (parts: Partial<FitModel> = {}): FitModel => ({
  bytesOfParts: { vision_encoder: 100 * MIB, decoder_model_merged: 400 * MIB },
  precisionOfParts: { vision_encoder: 'q8', decoder_model_merged: 'q8' },
  ...parts,
});
const mixed = { vision_encoder: 'fp16', decoder_model_merged: 'q4f16' };

describe('a model on WebGPU', () => {
  test('fits where nothing speaks against it', () => {
    expect(fits(model(), 'webgpu', limits())).toEqual({ kind: 'yes' });
  });

  test('does not where there is none', () => {
    expect(fits(model(), 'webgpu', limits({ webgpu: { kind: 'none' } }))).toEqual({
      kind: 'no',
      reason: { code: 'no-webgpu' },
    });
  });

  test('needs half floats for every part that computes in them', () => {
    const without = limits({ webgpu: { ...GPU, shaderF16: false } });
    const half = model({ precisionOfParts: mixed });
    expect(fits(half, 'webgpu', without)).toEqual({
      kind: 'no',
      reason: { code: 'needs-half-floats', parts: ['vision_encoder', 'decoder_model_merged'] },
    });
    expect(fits(half, 'webgpu', limits())).toEqual({ kind: 'yes' });
    expect(fits(model(), 'webgpu', without)).toEqual({ kind: 'yes' });
  });

  test('can’t hold one weight that is larger than a buffer, and may not see one larger than a binding', () => {
    const withTensor = (bytes: number) =>
      fits(model({ largestTensorOfParts: { decoder_model_merged: bytes } }), 'webgpu', limits());
    expect(withTensor(2 * GIB + 1)).toEqual({
      kind: 'no',
      reason: {
        code: 'buffer-limit',
        part: 'decoder_model_merged',
        bytes: 2 * GIB + 1,
        limitBytes: 2 * GIB,
      },
    });
    expect(withTensor(128 * MIB + 1)).toMatchObject({
      kind: 'maybe',
      reason: { code: 'buffer-limit', limitBytes: 128 * MIB },
    });
    expect(withTensor(128 * MIB)).toEqual({ kind: 'yes' });
  });

  test('embeddings are one weight, whatever else is known', () => {
    const embedded = model({
      bytesOfParts: { embed_tokens: 300 * MIB, decoder_model_merged: 400 * MIB },
    });
    const small = limits({ webgpu: { ...GPU, maxBufferBytes: 256 * MIB } });
    expect(fits(embedded, 'webgpu', small)).toMatchObject({
      kind: 'no',
      reason: { code: 'buffer-limit', part: 'embed_tokens' },
    });
  });

  test('a file of many weights that is larger than a buffer may still work', () => {
    const small = limits({ webgpu: { ...GPU, maxBufferBytes: 256 * MIB } });
    expect(fits(model(), 'webgpu', small)).toMatchObject({
      kind: 'maybe',
      reason: { code: 'buffer-limit', part: 'decoder_model_merged', bytes: 400 * MIB },
    });
  });

  test('each file goes through the heap alone', () => {
    const parts = (bytes: number) => model({ bytesOfParts: { a: bytes, b: 3 * GIB } });
    const roomy = limits({ deviceMemoryBytes: null, webgpu: { ...GPU, maxBufferBytes: 8 * GIB } });
    expect(fits(parts(3 * GIB), 'webgpu', roomy)).toEqual({ kind: 'yes' });
    expect(fits(parts(5 * GIB), 'webgpu', roomy)).toMatchObject({
      kind: 'no',
      reason: { code: 'wasm-heap', bytes: 5 * GIB },
    });
  });
});

describe('a model on the CPU', () => {
  const of = (bytes: number) => model({ bytesOfParts: { a: bytes / 2, b: bytes / 2 } });

  test.each([
    [1 * GIB, 'yes'],
    [2 * GIB, 'yes'],
    [2 * GIB + 2, 'maybe'],
    [4 * GIB, 'maybe'],
    [4 * GIB + 2, 'no'],
  ])('all parts share the heap: %i bytes are a %s', (bytes, kind) => {
    const found = fits(of(bytes), 'wasm', limits({ deviceMemoryBytes: null }));
    expect(found.kind).toBe(kind);
    if (found.kind !== 'yes') expect(found.reason).toMatchObject({ code: 'wasm-heap', bytes });
  });

  test('four bits work, slowly', () => {
    expect(fits(model({ precisionOfParts: mixed }), 'wasm', limits())).toEqual({
      kind: 'maybe',
      reason: { code: 'slow-on-cpu', parts: ['decoder_model_merged'] },
    });
  });

  test('does not need the device’s half floats', () => {
    const without = limits({ webgpu: { kind: 'none' } });
    expect(fits(model({ precisionOfParts: { a: 'fp16' } }), 'wasm', without)).toEqual({
      kind: 'yes',
    });
  });
});

describe.each(['wasm', 'webgpu'] as const)('on %s', (device) => {
  test('what is still to be downloaded must have room', () => {
    const tight = limits({ freeBytes: 100 * MIB });
    expect(fits(model(), device, tight)).toEqual({
      kind: 'no',
      reason: { code: 'storage', bytes: 500 * MIB, freeBytes: 100 * MIB },
    });
    expect(fits(model({ toDownloadBytes: 100 * MIB }), device, tight).kind).toBe('yes');
    expect(fits(model(), device, limits({ freeBytes: null })).kind).toBe('yes');
  });

  test('more than half of the machine’s memory is doubtful', () => {
    expect(fits(model(), device, limits({ deviceMemoryBytes: GIB / 2 }))).toEqual({
      kind: 'maybe',
      reason: { code: 'memory', bytes: 500 * MIB, deviceBytes: GIB / 2 },
    });
  });

  test('what can’t work is said before what may not', () => {
    const both = limits({ deviceMemoryBytes: GIB / 2, freeBytes: 0 });
    expect(fits(model(), device, both)).toMatchObject({ kind: 'no', reason: { code: 'storage' } });
  });
});
