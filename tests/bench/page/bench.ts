/** What the rows call in the page: the app's own engine and the plain loop, on the same picture. */
import { DEFAULT_DECODE } from '../../../src/core/decode';
import { PREDEFINED_PROMPTS } from '../../../src/core/prompts';
import { VisionClient } from '../../../src/engine/vision';
import { Weights } from '../../../src/engine/weights';
import { modelById } from '../../../src/models/registry';
import type { ModelSpec } from '../../../src/models/spec';
import type { PlainReport, PlainRequest } from './plain';
import type { ReuseReport, ReuseRequest } from './reuse';
import type { Stages, StagesRequest } from './stages';

export interface Sample {
  readonly oursMs: number;
  readonly plainMs: number;
  readonly lookMs: number;
  readonly sameText: boolean;
}

export interface BenchRequest {
  readonly modelId: string;
  readonly prompts: number;
  readonly repeats: number;
  readonly threads: number;
}

const IMAGE_ID = 'bench';
const never = new AbortController().signal;

/** One picture, some prompts, ours and the plain loop in turn; the first pair warms up and is not counted. */
async function promptsOnOneImage(request: BenchRequest): Promise<Sample[]> {
  const spec = modelById(request.modelId);
  if (spec?.source.kind !== 'page') throw new Error(`no model ${request.modelId}`);
  const image = await (await fetch('./samples/cats-and-dog.png')).blob();
  const prompts = PREDEFINED_PROMPTS.slice(0, request.prompts).map(({ text }) => text);
  const ours = await openOurs(spec, request.threads);
  const plain = new Worker(new URL('./plain.worker.ts', import.meta.url), { type: 'module' });
  const samples: Sample[] = [];
  for (let round = 0; round <= request.repeats; round += 1) {
    const mine = await describe(ours, image, prompts);
    const theirs = await askWorker<PlainReport>(plain, {
      modelPath: spec.source.basePath,
      threads: request.threads,
      image,
      prompts,
      maxNewTokens: DEFAULT_DECODE.maxNewTokens,
    });
    const sameText = mine.texts.every((text, index) => text === theirs.texts[index]);
    if (round > 0)
      samples.push({ oursMs: mine.ms, plainMs: theirs.ms, lookMs: mine.lookMs, sameText });
  }
  ours.stop();
  plain.terminate();
  return samples;
}

/** Answers of one model from the cached prefix and from nothing, to the prompts and to a yes/no question. */
async function reuse(modelId: string): Promise<ReuseReport> {
  const spec = modelById(modelId);
  if (spec === undefined) throw new Error(`no model ${modelId}`);
  await ensureWeights(spec);
  const worker = new Worker(new URL('./reuse.worker.ts', import.meta.url), { type: 'module' });
  try {
    return await askWorker<ReuseReport>(worker, {
      modelId,
      image: await (await fetch('./samples/bakery.png')).blob(),
      questions: [
        ...PREDEFINED_PROMPTS.slice(0, 5).map(({ text }) => text),
        'Is there a dog in this image? Answer yes or no.',
      ],
    });
  } finally {
    worker.terminate();
  }
}

/** Where the time of one model's description goes. */
async function stages(modelId: string): Promise<Stages[]> {
  const spec = modelById(modelId);
  if (spec === undefined) throw new Error(`no model ${modelId}`);
  await ensureWeights(spec);
  const worker = new Worker(new URL('./stages.worker.ts', import.meta.url), { type: 'module' });
  try {
    return await askWorker<Stages[]>(worker, {
      modelId,
      image: await (await fetch('./samples/cats-and-dog.png')).blob(),
      question: PREDEFINED_PROMPTS[0]?.text ?? '',
      repeats: 7,
    });
  } finally {
    worker.terminate();
  }
}

async function ensureWeights(spec: ModelSpec): Promise<void> {
  const weights = new Weights();
  await weights.ensure(spec, () => undefined);
  weights.stop();
}

async function openOurs(spec: ModelSpec, threads: number): Promise<VisionClient> {
  await ensureWeights(spec);
  const client = new VisionClient();
  await client.load({ modelId: spec.id, revision: spec.revision, device: 'wasm', threads }, never);
  return client;
}

async function describe(client: VisionClient, image: Blob, prompts: readonly string[]) {
  const started = performance.now();
  await client.look(image, IMAGE_ID, never);
  const lookMs = performance.now() - started;
  const texts: string[] = [];
  for (const prompt of prompts) {
    texts.push(
      (
        await client.ask(
          { imageId: IMAGE_ID, prompt, decode: DEFAULT_DECODE },
          () => undefined,
          never,
        )
      ).text,
    );
  }
  return { ms: performance.now() - started, lookMs, texts };
}

function askWorker<Report extends object>(
  worker: Worker,
  request: PlainRequest | ReuseRequest | StagesRequest,
): Promise<Report> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Report | { readonly error: string }>) => {
      if ('error' in data) reject(new Error(data.error));
      else resolve(data);
    };
    worker.onerror = (event) => {
      reject(new Error(event.message));
    };
    worker.postMessage(request);
  });
}

declare global {
  var bench: {
    promptsOnOneImage: typeof promptsOnOneImage;
    reuse: typeof reuse;
    stages: typeof stages;
  };
}

globalThis.bench = { promptsOnOneImage, reuse, stages };
