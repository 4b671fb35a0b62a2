/** One picture and some prompts: our worker and the plain loop, in turn. */
import { DEFAULT_DECODE } from '../../../src/core/decode';
import type { WorkDone } from '../../../src/core/protocol';
import { PREDEFINED_PROMPTS } from '../../../src/core/prompts';
import type { Device } from '../../../src/core/run';
import { askWorker } from './ask-worker';
import { Engine, sample, specOf } from './engine';
import type { PlainForm, PlainReport, PlainRequest } from './plain';

export interface ReuseRunRequest {
  readonly modelId: string;
  readonly prompts: number;
  readonly repeats: number;
  readonly threads: number;
  /** The CPU where absent. */
  readonly device?: Device;
  /** As the app asks for where absent. */
  readonly maxNewTokens?: number;
}

export interface ReuseRun {
  /** A pair a round: milliseconds of the whole, the picture's preprocessing in it. */
  readonly pairs: readonly { readonly oursMs: number; readonly plainMs: number }[];
  /** Of one round, ours and the plain loop's. */
  readonly ours: WorkDone;
  readonly plain: WorkDone;
  readonly isSameText: boolean;
}

const IMAGE_ID = 'bench';

/** The predefined prompts, and more of their kind. */
export function promptsOf(count: number): string[] {
  const texts = PREDEFINED_PROMPTS.map(({ text }) => text);
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / texts.length);
    const text = texts[index % texts.length] ?? '';
    return round === 0 ? text : `${text} (${String(round + 1)})`;
  });
}

/** Rounds of both, whole time; the first warms up and is not counted. Then one round of each whose runs are timed. */
export async function prefixReuse(request: ReuseRunRequest): Promise<ReuseRun> {
  const image = await sample('cats-and-dog.png');
  const prompts = promptsOf(request.prompts);
  const ours = await Engine.open(request.modelId, request.threads, request.device);
  const plain = new Plain(request);
  const pairs: { oursMs: number; plainMs: number }[] = [];
  let isSameText = true;
  for (let round = 0; round <= request.repeats; round += 1) {
    const mine = await describe(ours, image, prompts, request.maxNewTokens);
    const theirs = await plain.describe(image, prompts, false);
    isSameText &&= mine.texts.every((text, index) => text === theirs.texts[index]);
    if (round > 0) pairs.push({ oursMs: mine.ms, plainMs: theirs.ms });
  }
  const done = await timed(request, ours, plain, { image, prompts });
  ours.stop();
  plain.stop();
  return { pairs, ...done, isSameText };
}

/** As many timed rounds as there were pairs: their mean. */
async function timed(
  { repeats, maxNewTokens }: ReuseRunRequest,
  ours: Engine,
  plain: Plain,
  { image, prompts }: { readonly image: Blob; readonly prompts: readonly string[] },
): Promise<Pick<ReuseRun, 'ours' | 'plain'>> {
  const before = (await ours.report()).done;
  let theirs: WorkDone | undefined;
  for (let round = 0; round < repeats; round += 1) {
    await describe(ours, image, prompts, maxNewTokens);
    theirs = (await plain.describe(image, prompts, true)).done;
  }
  const after = (await ours.report()).done;
  return { ours: perRound(after, repeats, before), plain: perRound(theirs ?? after, repeats) };
}

function perRound(after: WorkDone, rounds: number, before?: WorkDone): WorkDone {
  const of = (stage: keyof WorkDone) => ({
    runs: (after[stage].runs - (before?.[stage].runs ?? 0)) / rounds,
    ms: (after[stage].ms - (before?.[stage].ms ?? 0)) / rounds,
  });
  return {
    encode: of('encode'),
    prefill: of('prefill'),
    suffix: of('suffix'),
    token: of('token'),
  };
}

/** One side alone, for its memory. */
export async function oneSide(
  side: 'ours' | 'plain',
  { modelId, prompts, repeats, threads }: ReuseRunRequest,
): Promise<void> {
  const image = await sample('cats-and-dog.png');
  const texts = promptsOf(prompts);
  if (side === 'ours') {
    const ours = await Engine.open(modelId, threads);
    for (let round = 0; round < repeats; round += 1) await describe(ours, image, texts);
    ours.stop();
    return;
  }
  const plain = new Plain({ modelId, threads });
  for (let round = 0; round < repeats; round += 1) await plain.describe(image, texts, false);
  plain.stop();
}

async function describe(
  engine: Engine,
  image: Blob,
  prompts: readonly string[],
  maxNewTokens = DEFAULT_DECODE.maxNewTokens,
) {
  const decode = { ...DEFAULT_DECODE, maxNewTokens };
  const started = performance.now();
  await engine.look(image, IMAGE_ID);
  const texts: string[] = [];
  for (const prompt of prompts) texts.push((await engine.ask(IMAGE_ID, prompt, decode)).text);
  return { ms: performance.now() - started, texts };
}

class Plain {
  readonly #worker = new Worker(new URL('./plain.worker.ts', import.meta.url), { type: 'module' });
  readonly #model: Pick<PlainRequest, 'modelPath' | 'form' | 'threads' | 'device' | 'maxNewTokens'>;

  constructor({
    modelId,
    threads,
    device = 'wasm',
    maxNewTokens = DEFAULT_DECODE.maxNewTokens,
  }: Omit<ReuseRunRequest, 'prompts' | 'repeats'>) {
    const { source, family } = specOf(modelId);
    if (source.kind !== 'page') throw new Error(`${modelId} is not on the page's own server`);
    this.#model = {
      modelPath: source.basePath,
      form: family as PlainForm,
      threads,
      device,
      maxNewTokens,
    };
  }

  describe(image: Blob, prompts: readonly string[], isTimed: boolean): Promise<PlainReport> {
    return askWorker(this.#worker, { ...this.#model, image, prompts, isTimed });
  }

  stop(): void {
    this.#worker.terminate();
  }
}
