import type {
  ClaimQuestion,
  DescriptionInput,
  JudgeRequest,
  LoadTarget,
  OnPulse,
  OnText,
} from '../../core/protocol';
import type { RunModel } from '../../core/run';
import { SILENCE_MS, whileHeard } from './silence';
import type { JudgePort, RunnerPorts } from './types';

/** The judge's worker: started for the first question, its model loaded for the first verdict. */
export class JudgeWorker {
  readonly #model: RunModel;
  readonly #target: LoadTarget;
  readonly #ports: RunnerPorts;
  #port: JudgePort | undefined;
  #isLoaded = false;
  #isFresh = true;
  #onPulse: OnPulse = () => undefined;

  constructor(model: RunModel, target: LoadTarget, ports: RunnerPorts) {
    this.#model = model;
    this.#target = target;
    this.#ports = ports;
  }

  /** Whether it has written nothing yet. */
  get isFresh(): boolean {
    return this.#isFresh;
  }

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  questions(
    descriptions: readonly DescriptionInput[],
    signal: AbortSignal,
  ): Promise<readonly ClaimQuestion[]> {
    return this.#started().questions(descriptions, signal);
  }

  async load(signal: AbortSignal): Promise<void> {
    if (this.#isLoaded) return;
    const port = this.#started();
    await whileHeard(SILENCE_MS.load, () => port.load(this.#target, signal));
    await port.watch((pulse) => this.#onPulse(pulse), signal);
    this.#isLoaded = true;
    await this.#ports.tryJudge?.(this.#model, this.#target, port, signal);
  }

  async judge(request: JudgeRequest, onText: OnText, signal: AbortSignal) {
    const port = this.#started();
    const say = (text: string) => {
      if (!signal.aborted) onText(text);
    };
    const verdict = await whileHeard(SILENCE_MS.look, (heard) => {
      this.#onPulse = ({ stage }) => heard(stage === 'token' ? SILENCE_MS.token : SILENCE_MS.look);
      return port.judge(request, say, signal);
    });
    this.#isFresh = false;
    return verdict;
  }

  /** Ends it with its memory. */
  drop(): void {
    this.#port?.stop();
    this.#port = undefined;
    this.#isLoaded = false;
    this.#isFresh = true;
  }

  #started(): JudgePort {
    return (this.#port ??= this.#ports.judge());
  }
}
