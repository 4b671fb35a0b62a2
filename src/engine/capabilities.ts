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
      };
  readonly crossOriginIsolated: boolean;
  readonly cores: number;
}

const SOFTWARE_ADAPTERS = /swiftshader|llvmpipe|lavapipe|basic render/iu;

export async function probeCapabilities(): Promise<Capabilities> {
  return {
    webgpu: await probeWebGpu(),
    crossOriginIsolated: globalThis.crossOriginIsolated,
    cores: navigator.hardwareConcurrency,
  };
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
    };
  } catch {
    return { kind: 'none' };
  }
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
