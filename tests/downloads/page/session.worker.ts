/**
 * Reads a graph and its external data from the store, in the way that the library gets them, or from the Cache API, into a session
 * of onnxruntime, and looks rows up in it.
 */
import * as ort from 'onnxruntime-web/wasm';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import binary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { storeCache, type CachedModel } from '../../../workers/engine/store-cache';
import { answerMessages } from '../../bench/page/answer-messages';

export interface SessionRequest {
  readonly model: CachedModel;
  /** The cache that holds the files under their paths, instead of the store. */
  readonly cache?: string;
  readonly graph: string;
  /** Named in the graph as the place of its weights. */
  readonly data: string;
  readonly rows: readonly number[];
  /** The graph has a tensor for so many rows each, and an output `y0`, `y1`, … for each tensor. */
  readonly rowsOfTensor: number;
}

export interface SessionReport {
  readonly readMs: number;
  readonly sessionMs: number;
  /** The first bytes of each row. */
  readonly rows: readonly (readonly number[])[];
}

const FIRST_BYTES = 8;

async function look({
  model,
  cache,
  graph,
  data,
  rows,
  rowsOfTensor,
}: SessionRequest): Promise<SessionReport> {
  ort.env.wasm.wasmPaths = {
    mjs: new URL(glue, import.meta.url).href,
    wasm: new URL(binary, import.meta.url).href,
  };
  ort.env.wasm.numThreads = 1;
  const match = await matcher(model, cache);
  const read = async (path: string) => {
    const response = await match(path);
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
    const index = new ort.Tensor('int64', BigInt64Array.from([BigInt(row % rowsOfTensor)]), [1]);
    const output = `y${String(Math.floor(row / rowsOfTensor))}`;
    const outputs = await session.run({ index }, [output]);
    found.push([...((await outputs[output]!.getData()) as Uint8Array).slice(0, FIRST_BYTES)]);
  }
  return { readMs: isRead - started, sessionMs, rows: found };
}

async function matcher(
  model: CachedModel,
  name: string | undefined,
): Promise<(path: string) => Promise<Response | undefined>> {
  if (name === undefined) {
    const cache = storeCache(model);
    return (path) => cache.match(`/models/${model.modelId}/${path}`);
  }
  const cache = await caches.open(name);
  return (path) => cache.match(`/${path}`);
}

answerMessages(look);
