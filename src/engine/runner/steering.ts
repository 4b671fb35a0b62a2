import { AppError } from '../../core/errors';
import { Crew } from './crew';

/**
 * What a person wants of a run while it works. A plan is what was to be done when it was made; when something is added to the run
 * or left out of it, the plan ends where a cell ends, and the next one goes on with the same workers.
 */
export class Steering {
  /** Workers that outlive a plan. */
  readonly crew = new Crew();
  /** Id of the picture that comes first: somebody looks at it. */
  wanted: string | null = null;
  #plan = new AbortController();
  readonly #dismissed = new Map<string, AbortController>();
  #going: Promise<void> | undefined;
  #goOn: () => void = () => undefined;

  get isPaused(): boolean {
    return this.#going !== undefined;
  }

  /** What is being written is finished, then nothing begins; the models stay loaded. */
  pause(): void {
    this.#going ??= new Promise((resolve) => (this.#goOn = resolve));
  }

  goOn(): void {
    this.#going = undefined;
    this.#goOn();
  }

  /** Aborts when the plan has ended: nothing of it is begun any more, what was begun is finished. */
  get planEnd(): AbortSignal {
    return this.#plan.signal;
  }

  endPlan(): void {
    this.#plan.abort();
  }

  beginPlan(): void {
    this.#plan = new AbortController();
    this.#dismissed.clear();
  }

  /** Ends what a model does at once, with its worker. */
  dismiss(modelId: string): void {
    this.#dismissal(modelId).abort();
  }

  dismissal(modelId: string): AbortSignal {
    return this.#dismissal(modelId).signal;
  }

  #dismissal(modelId: string): AbortController {
    const controller = this.#dismissed.get(modelId) ?? new AbortController();
    this.#dismissed.set(modelId, controller);
    return controller;
  }

  /** To be awaited before anything begins. @throws AppError `aborted` when the run was stopped or the plan has ended */
  async mayBegin(signal: AbortSignal): Promise<void> {
    const ends = AbortSignal.any([signal, this.#plan.signal]);
    while (this.#going !== undefined && !ends.aborted) {
      await Promise.race([this.#going, aborted(ends)]);
    }
    if (ends.aborted) throw new AppError('aborted');
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
