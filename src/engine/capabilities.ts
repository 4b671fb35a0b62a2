import type { DeviceLimits } from '../core/device-fit';
import type { Device, DeviceChoice } from '../core/run';

/** What this browser has. Plain data: shown to the user and written into manifests. */
export interface Capabilities {
  readonly webgpu:
    | { readonly kind: 'none' }
    /** A software adapter: it works, slower than WASM, so `auto` does not take it. */
    | {
        readonly kind: 'software' | 'hardware';
        readonly adapter: string;
        readonly shaderF16: boolean;
        /** Largest buffer, and the largest part of one that a shader sees at a time. */
        readonly maxBufferBytes: number;
        readonly maxStorageBindingBytes: number;
      };
  readonly crossOriginIsolated: boolean;
  readonly cores: number;
  readonly wasmHeapBytes: number;
  /** As `navigator.deviceMemory` rounds and caps it; null where the browser does not tell. */
  readonly deviceMemoryBytes: number | null;
}

/** 65,536 pages of 64 KiB: the most that onnxruntime's 32-bit builds ask for. */
const WASM_HEAP_BYTES = 4 * 1024 ** 3;

/** Chromium only. */
interface DeviceMemory {
  readonly deviceMemory?: number;
}

const SOFTWARE_ADAPTERS = /swiftshader|llvmpipe|lavapipe|basic render/iu;

export async function probeCapabilities(): Promise<Capabilities> {
  return {
    webgpu: await probeWebGpu(),
    crossOriginIsolated: globalThis.crossOriginIsolated,
    cores: navigator.hardwareConcurrency,
    wasmHeapBytes: WASM_HEAP_BYTES,
    deviceMemoryBytes: deviceMemoryBytes(),
  };
}

function deviceMemoryBytes(): number | null {
  const { deviceMemory } = navigator as DeviceMemory;
  return deviceMemory === undefined ? null : deviceMemory * 1024 ** 3;
}

async function probeWebGpu(): Promise<Capabilities['webgpu']> {
  try {
    const gpu: GPU | undefined = 'gpu' in navigator ? navigator.gpu : undefined;
    const adapter = await gpu?.requestAdapter();
    if (adapter === null || adapter === undefined) return { kind: 'none' };
    const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
    const name = [vendor, architecture, description].filter((part) => part !== '').join(' ');
    return {
      kind: isFallbackAdapter || SOFTWARE_ADAPTERS.test(name) ? 'software' : 'hardware',
      adapter: name,
      shaderF16: adapter.features.has('shader-f16'),
      maxBufferBytes: adapter.limits.maxBufferSize,
      maxStorageBindingBytes: adapter.limits.maxStorageBufferBindingSize,
    };
  } catch {
    return { kind: 'none' };
  }
}

/** What is known about fitting models, with the storage that is left: see `core/device-fit`. */
export function limitsOf(
  { webgpu, wasmHeapBytes, deviceMemoryBytes: memory }: Capabilities,
  storage: { readonly usedBytes: number; readonly quotaBytes: number } | null,
): DeviceLimits {
  return {
    webgpu,
    wasmHeapBytes,
    deviceMemoryBytes: memory,
    freeBytes: storage === null ? null : Math.max(0, storage.quotaBytes - storage.usedBytes),
  };
}

/** The device that a choice means here; an asked-for WebGPU that isn't there becomes WASM. */
export function chooseDevice(choice: DeviceChoice, { webgpu }: Capabilities): Device {
  if (choice === 'wasm' || webgpu.kind === 'none') return 'wasm';
  return choice === 'webgpu' || webgpu.kind === 'hardware' ? 'webgpu' : 'wasm';
}

/**
 * How the cores are shared: so many models work at a time, with so many WASM threads each. Small models
 * gain more from working side by side than from threads, so cores go to models first.
 */
export function shareCores(
  device: Device,
  modelCount: number,
  threadChoice: number | 'auto',
  { cores, crossOriginIsolated }: Pick<Capabilities, 'cores' | 'crossOriginIsolated'>,
): { readonly lanes: number; readonly threads: number } {
  if (device === 'webgpu') return { lanes: 1, threads: 1 };
  const lanes = Math.max(1, Math.min(modelCount, cores));
  if (!crossOriginIsolated) return { lanes, threads: 1 };
  if (threadChoice !== 'auto') {
    const threads = Math.max(1, Math.min(threadChoice, cores));
    return { lanes: Math.max(1, Math.min(modelCount, Math.floor(cores / threads))), threads };
  }
  return { lanes, threads: Math.max(1, Math.min(4, Math.floor(cores / lanes))) };
}

/**
 * Whether the next picture is decoded beside what a model answers: where no core is free that takes longer than in its turn.
 * @param lanes models that compute at a time, with so many threads each
 */
export function looksAhead(
  device: Device,
  { lanes, threads }: { readonly lanes: number; readonly threads: number },
  { cores }: Pick<Capabilities, 'cores'>,
): boolean {
  return device === 'webgpu' || lanes * threads < cores;
}
