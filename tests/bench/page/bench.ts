/** What the rows call in the page: the app's own engine and the plain loop, on the same pictures. */
import { DEFAULT_DECODE } from '../../../src/core/decode';
import { PREDEFINED_PROMPTS } from '../../../src/core/prompts';
import { askWorker } from './ask-worker';
import type { BatchRequest, BatchTimes } from './batch';
import { ensureWeights, sample, specOf } from './engine';
import { agentBytes, cellsUpTo, cellTensors, closeCells, openCells } from './many-cells';
import { overlap } from './overlap';
import { oneSide, prefixReuse, promptsOf } from './prefix-reuse';
import type { ReuseOptions, ReuseReport } from './reuse';
import type { Stages } from './stages';
import { stopping } from './stopping';

/** Starts one of the bench's own workers on a model that is in the store, and ends it when it has answered. */
async function inWorker<Report extends object>(
  worker: Worker,
  modelId: string,
  request: object,
): Promise<Report> {
  try {
    await ensureWeights(specOf(modelId));
    return await askWorker<Report>(worker, { modelId, ...request });
  } finally {
    worker.terminate();
  }
}

/** Answers of one model from the cached prefix and from nothing, to a yes/no question and to the first prompts. */
async function reuse(
  modelId: string,
  {
    prompts = 5,
    device = 'wasm',
    maxNewTokens = DEFAULT_DECODE.maxNewTokens,
    onlyLast = false,
  }: Partial<ReuseOptions> = {},
): Promise<ReuseReport> {
  return inWorker(
    new Worker(new URL('./reuse.worker.ts', import.meta.url), { type: 'module' }),
    modelId,
    {
      device,
      maxNewTokens,
      onlyLast,
      image: await sample('bakery.png'),
      questions: ['Is there a dog in this image? Answer yes or no.', ...promptsOf(prompts)],
    },
  );
}

/** Where the time of one model's description goes. */
async function stages(modelId: string): Promise<Stages[]> {
  return inWorker(
    new Worker(new URL('./stages.worker.ts', import.meta.url), { type: 'module' }),
    modelId,
    {
      image: await sample('cats-and-dog.png'),
      question: PREDEFINED_PROMPTS[0]?.text ?? '',
      repeats: 7,
    },
  );
}

/** The decoder on several rows at once. */
function batch({ modelId, ...request }: BatchRequest): Promise<BatchTimes[]> {
  return inWorker(
    new Worker(new URL('./batch.worker.ts', import.meta.url), { type: 'module' }),
    modelId,
    request,
  );
}

const rows = {
  prefixReuse,
  oneSide,
  reuse,
  stages,
  batch,
  overlap,
  stopping,
  openCells,
  cellsUpTo,
  cellTensors,
  agentBytes,
  closeCells,
};

declare global {
  var bench: typeof rows;
}

globalThis.bench = rows;
