/** The same pictures with the next one prepared while the current one is described, and without: which of them the app does. */
import pLimit, { type LimitFunction } from 'p-limit';
import { DEFAULT_DECODE } from '../../../src/core/decode';
import { looksAhead, shareCores } from '../../../src/engine/capabilities';
import { Engine, sample } from './engine';
import { promptsOf } from './prefix-reuse';

export interface OverlapRequest {
  readonly modelIds: readonly string[];
  readonly pictures: number;
  readonly prompts: number;
  readonly repeats: number;
}

export interface OverlapReport {
  readonly cores: number;
  /** Models that compute at a time, and threads of each, as the app shares these cores. */
  readonly lanes: number;
  readonly threads: number;
  /** Whether the app prepares the next picture here. */
  readonly looksAhead: boolean;
  readonly pairs: readonly OverlapPair[];
}

interface OverlapPair {
  readonly withMs: number;
  readonly withoutMs: number;
  readonly isSameText: boolean;
}

/** In turn; the first pair warms up and is not counted. */
export async function overlap(request: OverlapRequest): Promise<OverlapReport> {
  const cores = navigator.hardwareConcurrency;
  const isolated = { cores, crossOriginIsolated: globalThis.crossOriginIsolated };
  const shared = shareCores('wasm', request.modelIds.length, 'auto', isolated);
  const engines = await Promise.all(request.modelIds.map((id) => Engine.open(id, shared.threads)));
  const blobs = await Promise.all(
    ['bakery.png', 'traffic.png', 'chelsea.jpg', 'cats-and-dog.png', 'owl.png'].map(sample),
  );
  const pictures = Array.from({ length: request.pictures }, (_, index) => ({
    blob: blobs[index % blobs.length] ?? new Blob(),
    id: String(index),
  }));
  const run = async (isAhead: boolean) => {
    const work = { pictures, prompts: promptsOf(request.prompts), isAhead };
    const turn = pLimit(shared.lanes);
    const started = performance.now();
    const texts = await Promise.all(engines.map((engine) => describeAll(engine, work, turn)));
    return { ms: performance.now() - started, texts: texts.flat().join('\n') };
  };
  const pairs: OverlapPair[] = [];
  for (let round = 0; round <= request.repeats; round += 1) {
    const first = await run(round % 2 === 0);
    const second = await run(round % 2 !== 0);
    const [ahead, plain] = round % 2 === 0 ? [first, second] : [second, first];
    const isSameText = ahead.texts === plain.texts;
    if (round > 0) pairs.push({ withMs: ahead.ms, withoutMs: plain.ms, isSameText });
  }
  for (const engine of engines) engine.stop();
  return { cores, ...shared, looksAhead: looksAhead('wasm', shared, { cores }), pairs };
}

interface Work {
  readonly pictures: readonly { readonly blob: Blob; readonly id: string }[];
  readonly prompts: readonly string[];
  readonly isAhead: boolean;
}

/** A picture at a time, as the runner does it: models that are more than there are lanes wait for each other. */
async function describeAll(
  engine: Engine,
  { pictures, prompts, isAhead }: Work,
  turn: LimitFunction,
): Promise<string[]> {
  const texts: string[] = [];
  for (const [index, { blob, id }] of pictures.entries())
    await turn(async () => {
      await engine.look(blob, id);
      const next = pictures[index + 1];
      if (isAhead && next !== undefined) void engine.prepare(next.blob, next.id);
      for (const prompt of prompts) texts.push((await engine.ask(id, prompt, DEFAULT_DECODE)).text);
    });
  return texts;
}
