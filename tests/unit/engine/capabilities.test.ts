import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  type Capabilities,
  chooseDevice,
  limitsOf,
  looksAhead,
  probeCapabilities,
  shareCores,
} from '../../../src/engine/capabilities';

const GIB = 1024 ** 3;
const LIMITS = { maxBufferBytes: 2 * GIB, maxStorageBindingBytes: GIB };

const gpu = (kind: 'none' | 'software' | 'hardware'): Capabilities => ({
  webgpu: kind === 'none' ? { kind } : { kind, adapter: 'a', shaderF16: false, ...LIMITS },
  crossOriginIsolated: true,
  cores: 8,
  wasmHeapBytes: 4 * GIB,
  deviceMemoryBytes: null,
});

describe('chooseDevice', () => {
  test.each([
    ['auto', 'none', 'wasm'],
    ['auto', 'software', 'wasm'],
    ['auto', 'hardware', 'webgpu'],
    ['webgpu', 'none', 'wasm'],
    ['webgpu', 'software', 'webgpu'],
    ['webgpu', 'hardware', 'webgpu'],
    ['wasm', 'none', 'wasm'],
    ['wasm', 'software', 'wasm'],
    ['wasm', 'hardware', 'wasm'],
  ] as const)('%s with %s WebGPU is %s', (choice, kind, device) => {
    expect(chooseDevice(choice, gpu(kind))).toBe(device);
  });
});

describe('shareCores', () => {
  test.each([
    // device, models, threads, cores, isolated -> lanes, threads
    ['webgpu', 3, 'auto', 8, true, 1, 1],
    ['wasm', 3, 'auto', 8, true, 3, 2],
    ['wasm', 1, 'auto', 8, true, 1, 4],
    ['wasm', 1, 'auto', 16, true, 1, 4],
    ['wasm', 3, 'auto', 2, true, 2, 1],
    ['wasm', 3, 'auto', 1, true, 1, 1],
    ['wasm', 0, 'auto', 8, true, 1, 4],
    ['wasm', 3, 'auto', 8, false, 3, 1],
    ['wasm', 3, 4, 8, false, 3, 1],
    ['wasm', 3, 4, 8, true, 2, 4],
    ['wasm', 3, 1, 8, true, 3, 1],
    ['wasm', 3, 99, 8, true, 1, 8],
    ['wasm', 3, 0, 8, true, 3, 1],
  ] as const)(
    '%s, %i models, %s threads, %i cores, isolated %s: %i lanes with %i threads',
    (device, models, choice, cores, crossOriginIsolated, lanes, threads) => {
      expect(shareCores(device, models, choice, { cores, crossOriginIsolated })).toEqual({
        lanes,
        threads,
      });
    },
  );
});

describe('looksAhead', () => {
  test.each([
    ['wasm', 1, 1, 2, true],
    ['wasm', 1, 2, 2, false],
    ['wasm', 2, 1, 2, false],
    ['wasm', 3, 2, 8, true],
    ['wasm', 1, 1, 1, false],
    ['webgpu', 1, 1, 1, true],
  ] as const)(
    '%s, %i lanes with %i threads, %i cores: %s',
    (device, lanes, threads, cores, isAhead) => {
      expect(looksAhead(device, { lanes, threads }, { cores })).toBe(isAhead);
    },
  );
});

describe('limitsOf', () => {
  test('what is left is the quota less what is used, never less than nothing', () => {
    const left = (usedBytes: number) =>
      limitsOf(gpu('none'), { usedBytes, quotaBytes: 10 }).freeBytes;
    expect(left(4)).toBe(6);
    expect(left(12)).toBe(0);
    expect(limitsOf(gpu('none'), null).freeBytes).toBeNull();
  });
});

describe('probeCapabilities', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const probe = (parts: object) => {
    vi.stubGlobal('crossOriginIsolated', true);
    vi.stubGlobal('navigator', { hardwareConcurrency: 8, ...parts });
    return probeCapabilities();
  };
  const adapter = (info: object, features: readonly string[] = []) => ({
    gpu: {
      requestAdapter: () =>
        Promise.resolve({
          info: { vendor: '', architecture: '', description: '', ...info },
          features: new Set(features),
          limits: { maxBufferSize: 2 * GIB, maxStorageBufferBindingSize: GIB },
        }),
    },
  });

  test.each<[string, object]>([
    ['no navigator.gpu', {}],
    ['no adapter', { gpu: { requestAdapter: () => Promise.resolve(null) } }],
    ['a throwing driver', { gpu: { requestAdapter: () => Promise.reject(new Error('x')) } }],
  ])('%s is no WebGPU', async (_, parts) => {
    expect(await probe(parts)).toEqual({
      webgpu: { kind: 'none' },
      crossOriginIsolated: true,
      cores: 8,
      wasmHeapBytes: 4 * GIB,
      deviceMemoryBytes: null,
    });
  });

  test.each<[string, object, string]>([
    ['SwiftShader by name', { vendor: 'google', architecture: 'swiftshader' }, 'software'],
    ['llvmpipe by name', { description: 'llvmpipe (LLVM 15)' }, 'software'],
    ['a fallback adapter', { vendor: 'x', isFallbackAdapter: true }, 'software'],
    ['a graphics card', { vendor: 'nvidia', architecture: 'ampere' }, 'hardware'],
  ])('%s is %s', async (_, info, kind) => {
    expect((await probe(adapter(info))).webgpu.kind).toBe(kind);
  });

  test('the adapter is named by what is known of it, with its half floats and limits', async () => {
    const info = { vendor: 'nvidia', architecture: 'ampere' };
    expect((await probe(adapter(info, ['shader-f16']))).webgpu).toEqual({
      kind: 'hardware',
      adapter: 'nvidia ampere',
      shaderF16: true,
      ...LIMITS,
    });
  });

  test('the memory is in bytes, where the browser tells', async () => {
    expect((await probe({ deviceMemory: 0.5 })).deviceMemoryBytes).toBe(GIB / 2);
  });
});
