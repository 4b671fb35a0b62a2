import { env, LogLevel } from '@huggingface/transformers';
import asyncifyGlue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import plainGlue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import plainWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { Device } from '../../src/core/run';
import { deviceLoss } from './device-loss';
import { storeCache, type CachedModel } from './store-cache';

/**
 * Points the library at our own onnxruntime files and at the weight store, and at nothing else. The plain
 * build loads in half the time of the asyncify one, which only WebGPU needs.
 */
export function configureRuntime(model: CachedModel, device: Device, threads: number): void {
  const { wasm } = env.backends.onnx;
  if (wasm === undefined) throw new Error('this build of onnxruntime-web has no WASM backend');
  const [mjs, binary] = device === 'webgpu' ? [asyncifyGlue, asyncifyWasm] : [plainGlue, plainWasm];
  wasm.wasmPaths = { mjs: absolute(mjs), wasm: absolute(binary) };
  wasm.numThreads = threads;
  env.useWasmCache = false;
  env.useBrowserCache = false;
  env.useCustomCache = true;
  env.customCache = storeCache(model);
  env.logLevel = LogLevel.ERROR;
  // Whatever the store does not have is absent: optional files count as missing, nothing goes out.
  env.fetch = () => Promise.resolve(new Response('', { status: 404 }));
}

/** Call it when a model is loaded: onnxruntime has its graphics device then, where it uses one. */
export async function watchDevice(device: Device): Promise<void> {
  if (device === 'webgpu') deviceLoss.watch((await env.backends.onnx.webgpu?.device) ?? NO_DEVICE);
}

const NO_DEVICE = { lost: new Promise<never>(() => undefined) };

/** onnxruntime resolves relative paths against its own chunk. */
function absolute(url: string): string {
  return new URL(url, import.meta.url).href;
}
