import type { OnPulse, WorkDone, WorkStage } from '../../src/core/protocol';
import { breathe } from './breathe';
import { LiveTensors, type CountedTensor } from './live-tensors';
import type { GenerativeModel } from './transformers';

interface Shaped {
  readonly dims: readonly number[];
}

type Feeds = Readonly<Record<string, Shaped>>;

/** What we use of a session of onnxruntime. */
interface Session {
  run(feeds: Feeds, ...rest: unknown[]): Promise<Readonly<Record<string, CountedTensor>>>;
}

/** A run of a session: what it is for, and the tokens that it computes. */
interface Step {
  readonly stage: keyof WorkDone;
  readonly tokens: number;
}

/** Between two tellings of the same stage: tokens come by the hundred. */
const PULSE_MS = 500;

/**
 * Stands between the library and a model's sessions, where all work passes: counts what runs and the tensors that come out, tells
 * what is being computed, and lets messages in between two steps.
 */
export class SessionWatch {
  readonly #done = { encode: none(), prefill: none(), suffix: none(), token: none() };
  readonly #tensors = new LiveTensors();
  #onPulse: OnPulse | undefined;
  #told: { readonly stage: WorkStage; readonly atMs: number } | undefined;

  get done(): WorkDone {
    return structuredClone(this.#done);
  }

  get tensors(): LiveTensors['report'] {
    return this.#tensors.report;
  }

  tell(onPulse: OnPulse): void {
    this.#onPulse = onPulse;
  }

  /** From now on watches the sessions of a model. */
  attach(model: GenerativeModel): void {
    const { sessions } = model as unknown as {
      readonly sessions: Readonly<Record<string, Session>>;
    };
    // Where a model's encoder of text is `model`, its decoder has a file of its own.
    const decoder = 'decoder_model_merged' in sessions ? 'decoder_model_merged' : 'model';
    for (const [name, session] of Object.entries(sessions)) {
      const stepOf =
        name === decoder ? decoderStep : name === 'vision_encoder' ? encoderStep : noStep;
      const run = session.run.bind(session);
      session.run = async (feeds, ...rest) => {
        await breathe();
        const step = stepOf(feeds);
        if (step !== undefined) this.pulse(step.stage, step.tokens);
        const started = performance.now();
        const outputs = await run(feeds, ...rest);
        if (step !== undefined) this.#note(step, performance.now() - started);
        for (const tensor of Object.values(outputs)) this.#tensors.add(tensor);
        return outputs;
      };
    }
  }

  /** A stage begins. @param tokens that it computes */
  pulse(stage: WorkStage, tokens = 0): void {
    const atMs = performance.now();
    if (this.#told?.stage === stage && atMs - this.#told.atMs < PULSE_MS) return;
    this.#told = { stage, atMs };
    this.#onPulse?.({ stage, tokens });
  }

  #note({ stage }: Step, ms: number): void {
    this.#done[stage].runs += 1;
    this.#done[stage].ms += ms;
  }
}

const none = () => ({ runs: 0, ms: 0 });
const noStep = (): undefined => undefined;
const encoderStep = (): Step => ({ stage: 'encode', tokens: 0 });

/** Embeddings are f32 [batch, tokens, width], ids int64 [batch, tokens], a cache's keys f32 [batch, heads, tokens, width]. */
function decoderStep(feeds: Feeds): Step {
  const tokens = (feeds.inputs_embeds ?? feeds.input_ids)?.dims[1] ?? 0;
  if (tokens === 1) return { stage: 'token', tokens };
  const past = Object.entries(feeds).find(([name]) => name.startsWith('past_key_values.'));
  const known = past?.[1].dims.at(-2) ?? 0;
  return { stage: known === 0 ? 'prefill' : 'suffix', tokens };
}
