/**
 * Reads a graph and its external data from the store, in the way that the library gets them, into a session of onnxruntime, and
 * looks rows up in it.
 */
import * as ort from 'onnxruntime-web/wasm';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import binary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { storeCache, type CachedModel } from '../../../workers/engine/store-cache';
import { answerMessages } from '../../bench/page/answer-messages';

export interface SessionRequest {
  readonly model: CachedModel;
  readonly graph: string;
  /** Named in the graph as the place of its weights. */
  readonly data: string;
  readonly rows: readonly number[];
}

export interface SessionReport {
  readonly readMs: number;
  readonly sessionMs: number;
  /** The first bytes of each row. */
  readonly rows: readonly (readonly number[])[];
}

const FIRST_BYTES = 8;

async function look({ model, graph, data, rows }: SessionRequest): Promise<SessionReport> {
  ort.env.wasm.wasmPaths = {
    mjs: new URL(glue, import.meta.url).href,
    wasm: new URL(binary, import.meta.url).href,
  };
  ort.env.wasm.numThreads = 1;
  const cache = storeCache(model);
  const read = async (path: string) => {
    const response = await cache.match(`/models/${model.modelId}/${path}`);
    if (response === undefined) throw new Error(`${path} is not stored`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const started = performance.now();
  const weights = await read(data);
  const isRead = performance.now();
  const session = await ort.InferenceSession.create(await read(graph), {
    externalData: [{ path: data.slice(data.lastIndexOf('/') + 1), data: weights }],
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'disabled',
  });
  const sessionMs = performance.now() - isRead;
  const found: number[][] = [];
  for (const row of rows) {
    const index = new ort.Tensor('int64', BigInt64Array.from([BigInt(row)]), [1]);
    const { y } = await session.run({ index });
    found.push([...((await y!.getData()) as Uint8Array).slice(0, FIRST_BYTES)]);
  }
  return { readMs: isRead - started, sessionMs, rows: found };
}

answerMessages(look);
