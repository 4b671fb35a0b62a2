import { createContext } from 'svelte';
import { withAgain, withJudgedAgain, type Again } from '../core/again';
import type { JudgeWay } from '../core/judge-way';
import { toErrorData } from '../core/errors';
import type { Notices } from './notices.svelte';
import type { RunState } from './run.svelte';

/** Has answers and verdicts of the run on screen made again. */
export class AgainState {
  readonly #run: RunState;
  readonly #notices: Notices;

  constructor(run: RunState, notices: Notices) {
    this.#run = run;
    this.#notices = notices;
  }

  /** Where another tab works on the run, that one is to be asked. */
  get isPossible(): boolean {
    const { kind } = this.#run.phase;
    return kind !== 'elsewhere' && kind !== 'starting';
  }

  /** @returns whether it was asked */
  async describe(asked: readonly Again[]): Promise<boolean> {
    return asked.length > 0 && this.#try(() => this.#run.ask((run) => withAgain(run, asked)));
  }

  /**
   * Has an image judged again.
   * @param cellKeys what the verdict is made from; the answers that count now where not given
   * @param way how; as it was made before where not given
   * @returns whether it was asked
   */
  async judge(imageId: string, cellKeys?: readonly string[], way?: JudgeWay): Promise<boolean> {
    const { board } = this.#run;
    if (board === null) return false;
    const judged = {
      imageId,
      way: way ?? board.judgedWay(imageId),
      cellKeys: cellKeys ?? board.standingKeys(imageId),
      askedAt: Date.now(),
    };
    return this.#try(async () => {
      await this.#run.ask((run) => withJudgedAgain(run, judged));
    });
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const text = `That could not be kept (${toErrorData(error).code}), so nothing was asked. Free some space and try again.`;
      this.#notices.show({ text, tone: 'error' });
      return false;
    }
  }
}

const [useAgain, provideAgain] = createContext<AgainState>();
export { provideAgain, useAgain };
