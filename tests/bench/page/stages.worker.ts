/** One description, with the time that each stage takes: what runs in which session tells the stages apart. */
import { DEFAULT_DECODE } from '../../../src/core/decode';
import { generate } from '../../../workers/engine/generate';
import { forkPrefix } from '../../../workers/engine/prefix-cache';
import { answerMessages } from './answer-messages';
import { loadVision, prefixOf, preprocess } from './load-vision';
import type { Stages, StagesRequest } from './stages';

interface Session {
  run(...args: unknown[]): Promise<unknown>;
}

/** Notes how long each run of a session takes. */
function timed(session: Session): number[] {
  const times: number[] = [];
  const run = session.run.bind(session);
  session.run = async (...args) => {
    const started = performance.now();
    const result = await run(...args);
    times.push(performance.now() - started);
    return result;
  };
  return times;
}

async function measure({ modelId, image, question, repeats }: StagesRequest): Promise<Stages[]> {
  const loaded = await loadVision(modelId);
  const { model, tokenizer, clean } = loaded;
  const { sessions } = model as unknown as { sessions: Readonly<Record<string, Session>> };
  const { vision_encoder: encoder, decoder_model_merged: merged, model: whole } = sessions;
  const decoder = merged ?? whole;
  if (encoder === undefined || decoder === undefined) throw new Error(Object.keys(sessions).join());
  const encodings = timed(encoder);
  const steps = timed(decoder);
  const found: Stages[] = [];
  for (let round = 0; round <= repeats; round += 1) {
    encodings.length = steps.length = 0;
    const started = performance.now();
    const seen = await preprocess(loaded, image);
    const preprocessMs = performance.now() - started;
    const prefix = await prefixOf(loaded, seen);
    const [prefixPrefillMs = NaN] = steps.splice(0);
    const inputs = { ...loaded.prompt(question, seen), ...seen.always };
    const onText = (): void => undefined;
    const cache = forkPrefix(prefix);
    await generate({ model, tokenizer, clean, inputs, cache, decode: DEFAULT_DECODE, onText });
    await prefix.dispose();
    const [questionPrefillMs = NaN, ...rest] = steps;
    const tokenMs = rest.sort((a, b) => a - b)[Math.floor(rest.length / 2)] ?? NaN;
    const [encodeMs = NaN] = encodings;
    const tokens = rest.length + 1;
    // The first round warms up.
    if (round > 0)
      found.push({
        preprocessMs,
        encodeMs,
        prefixPrefillMs,
        questionPrefillMs,
        tokenMs,
        tokens,
      });
  }
  return found;
}

answerMessages(measure);
