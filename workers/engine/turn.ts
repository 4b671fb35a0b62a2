import { InterruptableStoppingCriteria } from '@huggingface/transformers';
import { AppError } from '../../src/core/errors';

/** A call's work, which another call can end: generation then stops after the token that is being computed. */
export class Turn {
  readonly criteria = new InterruptableStoppingCriteria();

  interrupt(): void {
    this.criteria.interrupt();
  }

  /** @throws AppError `aborted` when it was interrupted */
  goOn(): void {
    if (this.criteria.interrupted) throw new AppError('aborted', 'interrupted');
  }
}

/** The turns of a worker's calls that are under way. */
export class Turns {
  readonly #open = new Set<Turn>();

  async take<T>(work: (turn: Turn) => Promise<T>): Promise<T> {
    const turn = new Turn();
    this.#open.add(turn);
    try {
      const result = await work(turn);
      turn.goOn();
      return result;
    } finally {
      this.#open.delete(turn);
    }
  }

  interrupt(): void {
    for (const turn of this.#open) turn.interrupt();
  }
}
