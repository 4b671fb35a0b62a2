/** The same pictures with the next one prepared while the current one is described, and without. */
import { DEFAULT_DECODE } from '../../../src/core/decode';
import { Engine, sample } from './engine';
import { promptsOf } from './prefix-reuse';

export interface OverlapRequest {
  readonly modelIds: readonly string[];
  readonly pictures: number;
  readonly prompts: number;
  readonly repeats: number;
}

export interface OverlapPair {
  readonly withMs: number;
  readonly withoutMs: number;
  readonly isSameText: boolean;
}

/** In turn; the first pair warms up and is not counted. */
export async function overlap(request: OverlapRequest): Promise<OverlapPair[]> {
  const engines = await Promise.all(request.modelIds.map((id) => Engine.open(id, 1)));
  const blobs = await Promise.all(
    ['bakery.png', 'traffic.png', 'chelsea.jpg', 'cats-and-dog.png', 'owl.png'].map(sample),
  );
  const pictures = Array.from({ length: request.pictures }, (_, index) => ({
    blob: blobs[index % blobs.length] ?? new Blob(),
    id: String(index),
  }));
  const run = async (isAhead: boolean) => {
    const started = performance.now();
    const texts = await Promise.all(
      engines.map((engine) => describeAll(engine, pictures, promptsOf(request.prompts), isAhead)),
    );
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
  return pairs;
}

async function describeAll(
  engine: Engine,
  pictures: readonly { readonly blob: Blob; readonly id: string }[],
  prompts: readonly string[],
  isAhead: boolean,
): Promise<string[]> {
  const texts: string[] = [];
  for (const [index, { blob, id }] of pictures.entries()) {
    await engine.look(blob, id);
    const next = pictures[index + 1];
    if (isAhead && next !== undefined) void engine.prepare(next.blob, next.id);
    for (const prompt of prompts) texts.push((await engine.ask(id, prompt, DEFAULT_DECODE)).text);
  }
  return texts;
}
