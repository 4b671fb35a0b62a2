import { isFourBit, isHalfFloat } from './precision';
import type { Device } from './run';

/** What this device can do with weights, as far as a browser tells. Plain data; bytes throughout. */
export interface DeviceLimits {
  readonly webgpu:
    | { readonly kind: 'none' }
    | {
        readonly kind: 'software' | 'hardware';
        readonly shaderF16: boolean;
        readonly maxBufferBytes: number;
        readonly maxStorageBindingBytes: number;
      };
  /** Most that a WASM heap can grow to. */
  readonly wasmHeapBytes: number;
  /** Memory of the machine, rounded and capped by the browser; null where it does not tell. */
  readonly deviceMemoryBytes: number | null;
  /** What this site may still store; null where it is not known. A hint, not a promise. */
  readonly freeBytes: number | null;
}

/** A model in one set of precisions; keys are ONNX file stems such as `vision_encoder`. */
export interface FitModel {
  /** Graph and external data of each part together. */
  readonly bytesOfParts: Readonly<Record<string, number>>;
  readonly precisionOfParts: Readonly<Record<string, string>>;
  /** The largest single weight of a part, where it is known. */
  readonly largestTensorOfParts?: Readonly<Record<string, number>>;
  /** What it works in beside its weights: see `core/working-memory`. */
  readonly workingBytes?: number;
  /** What is not stored yet; all parts where absent. */
  readonly toDownloadBytes?: number;
}

/** Why a model does not fit, or may not, with the numbers that a sentence needs. */
export type FitReason =
  | { readonly code: 'no-webgpu' }
  | { readonly code: 'needs-half-floats'; readonly parts: readonly string[] }
  | {
      readonly code: 'buffer-limit';
      readonly part: string;
      readonly bytes: number;
      readonly limitBytes: number;
    }
  | { readonly code: 'wasm-heap'; readonly bytes: number; readonly limitBytes: number }
  | { readonly code: 'storage'; readonly bytes: number; readonly freeBytes: number }
  | { readonly code: 'memory'; readonly bytes: number; readonly deviceBytes: number }
  | { readonly code: 'slow-on-cpu'; readonly parts: readonly string[] };

export type Fit =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no'; readonly reason: FitReason }
  | { readonly kind: 'maybe'; readonly reason: FitReason };

/** Files that are, but for a few bytes, one weight: the token embeddings. */
const ONE_TENSOR_PARTS: readonly string[] = ['embed_tokens'];

/**
 * A session holds the file it is made from and its weights side by side for a while (the heap never
 * shrinks), so beyond this share of the heap a model may fail to start.
 */
const SAFE_HEAP_SHARE = 0.5;

/** What is known of a model on a device before a byte is downloaded. What can't work comes before what may not. */
export function fits(model: FitModel, device: Device, limits: DeviceLimits): Fit {
  const no = impossible(model, device, limits);
  if (no !== undefined) return { kind: 'no', reason: no };
  const maybe = doubtful(model, device, limits);
  return maybe === undefined ? { kind: 'yes' } : { kind: 'maybe', reason: maybe };
}

function impossible(model: FitModel, device: Device, limits: DeviceLimits): FitReason | undefined {
  const total = totalBytes(model);
  if (device === 'webgpu') {
    const { webgpu } = limits;
    if (webgpu.kind === 'none') return { code: 'no-webgpu' };
    const half = partsWith(model, isHalfFloat);
    if (half.length > 0 && !webgpu.shaderF16) return { code: 'needs-half-floats', parts: half };
    const tooLarge = largerThan(tensorsOf(model), webgpu.maxBufferBytes);
    if (tooLarge !== undefined) return tooLarge;
    // Every file goes through the heap on its way to the device, one at a time.
    const [, largestFile] = largest(model.bytesOfParts);
    if (largestFile > limits.wasmHeapBytes)
      return { code: 'wasm-heap', bytes: largestFile, limitBytes: limits.wasmHeapBytes };
  } else if (total > limits.wasmHeapBytes) {
    return { code: 'wasm-heap', bytes: total, limitBytes: limits.wasmHeapBytes };
  }
  const bytes = model.toDownloadBytes ?? total;
  if (limits.freeBytes !== null && bytes > limits.freeBytes)
    return { code: 'storage', bytes, freeBytes: limits.freeBytes };
  return undefined;
}

function doubtful(model: FitModel, device: Device, limits: DeviceLimits): FitReason | undefined {
  const total = totalBytes(model);
  const { webgpu, deviceMemoryBytes: memory, wasmHeapBytes } = limits;
  if (device === 'webgpu' && webgpu.kind !== 'none') {
    const bound = largerThan(tensorsOf(model), webgpu.maxStorageBindingBytes);
    const whole = largerThan(model.bytesOfParts, webgpu.maxBufferBytes);
    if (bound !== undefined || whole !== undefined) return bound ?? whole;
  }
  const working = model.workingBytes ?? 0;
  const bytes = total + working;
  if (device === 'wasm' && bytes > wasmHeapBytes * SAFE_HEAP_SHARE)
    return { code: 'wasm-heap', bytes, limitBytes: wasmHeapBytes };
  if (memory !== null && bytes > memory * SAFE_HEAP_SHARE)
    return { code: 'memory', bytes, deviceBytes: memory };
  const slow = partsWith(model, isFourBit);
  if (device === 'wasm' && slow.length > 0) return { code: 'slow-on-cpu', parts: slow };
  return undefined;
}

export function totalBytes({ bytesOfParts }: Pick<FitModel, 'bytesOfParts'>): number {
  return Object.values(bytesOfParts).reduce((sum, bytes) => sum + bytes, 0);
}

function partsWith(model: FitModel, is: (precision: string) => boolean): string[] {
  return Object.entries(model.precisionOfParts).flatMap(([part, precision]) =>
    is(precision) ? [part] : [],
  );
}

/** Sizes of single weights that are known. */
function tensorsOf(model: FitModel): Record<string, number> {
  const whole = ONE_TENSOR_PARTS.flatMap((part) => {
    const bytes = model.bytesOfParts[part];
    return bytes === undefined ? [] : [[part, bytes] as const];
  });
  return { ...Object.fromEntries(whole), ...model.largestTensorOfParts };
}

function largest(bytesOfParts: Readonly<Record<string, number>>): readonly [string, number] {
  return Object.entries(bytesOfParts).reduce<readonly [string, number]>(
    (most, entry) => (entry[1] > most[1] ? entry : most),
    ['', 0],
  );
}

function largerThan(
  bytesOfParts: Readonly<Record<string, number>>,
  limitBytes: number,
): FitReason | undefined {
  const [part, bytes] = largest(bytesOfParts);
  return bytes > limitBytes ? { code: 'buffer-limit', part, bytes, limitBytes } : undefined;
}
