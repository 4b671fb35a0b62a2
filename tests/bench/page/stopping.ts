/** Work that is interrupted at random moments: how long until the last token, and until the call is over. */
import { DEFAULT_DECODE } from '../../../src/core/decode';
import { isAbort } from '../../../src/core/errors';
import { Engine, sample } from './engine';
import { promptsOf } from './prefix-reuse';

export interface Stop {
  /** After the work began. */
  readonly afterMs: number;
  /** From the stop to the last text that came; 0 where none came after it. */
  readonly lastTokenMs: number;
  /** From the stop to the end of the call that was under way. */
  readonly settledMs: number;
  /** Milliseconds of the next look and answer: the model is still loaded. */
  readonly nextMs: number;
}

export async function stopping(
  modelId: string,
  {
    tries,
    withinMs,
    seed,
  }: { readonly tries: number; readonly withinMs: number; readonly seed: number },
): Promise<Stop[]> {
  const engine = await Engine.open(modelId, 1);
  const image = await sample('bakery.png');
  await describe(engine, image, 'first', () => undefined);
  const found: Stop[] = [];
  for (let round = 0; round < tries; round += 1) {
    // A fixed sequence of moments: the golden ratio spreads them evenly.
    const afterMs = ((seed + round * 0.618034) % 1) * withinMs;
    found.push(await stopOnce(engine, image, afterMs));
  }
  engine.stop();
  return found;
}

async function stopOnce(engine: Engine, image: Blob, afterMs: number): Promise<Stop> {
  let lastTextAt = 0;
  const page = new AbortController();
  const work = untilStopped(engine, image, page.signal, () => {
    lastTextAt = performance.now();
  });
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const stoppedAt = performance.now();
  page.abort();
  const heard = engine.interrupt();
  await work;
  const settledMs = performance.now() - stoppedAt;
  await heard;
  const next = performance.now();
  await describe(engine, image, 'next', () => undefined);
  return {
    afterMs,
    lastTokenMs: Math.max(0, lastTextAt - stoppedAt),
    settledMs,
    nextMs: performance.now() - next,
  };
}

/** Looks and answers; a stop may come between two calls, too. */
async function untilStopped(
  engine: Engine,
  image: Blob,
  signal: AbortSignal,
  onText: () => void,
): Promise<void> {
  try {
    for (let round = 0; !signal.aborted; round += 1)
      await describe(engine, image, `stop ${String(round)}`, onText);
  } catch (error) {
    if (!isAbort(error)) throw error;
  }
}

async function describe(engine: Engine, image: Blob, id: string, onText: () => void) {
  await engine.look(image, id);
  for (const prompt of promptsOf(2)) await engine.ask(id, prompt, DEFAULT_DECODE, onText);
}
