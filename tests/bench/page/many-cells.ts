/** A long run with the engines of several models alive, as the app has them; stops where memory is to be read. */
import type { TensorCounts } from '../../../src/core/protocol';
import { DEFAULT_DECODE } from '../../../src/core/decode';
import { Engine, sample } from './engine';
import { promptsOf } from './prefix-reuse';

const PROMPTS = 4;

let engines: readonly Engine[] = [];
let done = 0;

export async function openCells(modelIds: readonly string[]): Promise<void> {
  engines = await Promise.all(modelIds.map((id) => Engine.open(id, 1)));
  done = 0;
}

/** Goes on until so many cells are done; each picture is looked at as if it had never been seen. */
export async function cellsUpTo(count: number): Promise<number> {
  const image = await sample('bakery.png');
  const decode = { ...DEFAULT_DECODE, maxNewTokens: 24 };
  while (done < count) {
    const id = `picture ${String(done)}`;
    await Promise.all(
      engines.map(async (engine) => {
        await engine.look(image, id);
        for (const prompt of promptsOf(PROMPTS)) await engine.ask(id, prompt, decode);
      }),
    );
    done += engines.length * PROMPTS;
  }
  return done;
}

/** Of each engine. */
export function cellTensors(): Promise<TensorCounts[]> {
  return Promise.all(engines.map(async (engine) => (await engine.report()).tensors));
}

/** Bytes of JavaScript and WebAssembly in the page and its workers, after their garbage was collected. */
export async function agentBytes(): Promise<number> {
  const measure = (
    performance as { measureUserAgentSpecificMemory?: () => Promise<{ readonly bytes: number }> }
  ).measureUserAgentSpecificMemory;
  return measure === undefined ? NaN : (await measure.call(performance)).bytes;
}

export function closeCells(): void {
  for (const engine of engines) engine.stop();
}
