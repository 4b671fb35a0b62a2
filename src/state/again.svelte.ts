import { createContext } from 'svelte';
import { withAgain, withJudgedAgain, type Again } from '../core/again';
import type { JudgeWay } from '../core/judge-way';
import { toErrorData } from '../core/errors';
import type { VerdictState } from '../core/verdict';
import type { Notices } from './notices.svelte';
import type { RunBoard } from './run-board.svelte';
import type { RunState } from './run.svelte';

/** Verdicts that are made beside the one that stands. */
interface Beside {
  readonly imageId: string;
  /** What is being made. */
  readonly way: JudgeWay;
  /** What stands, and will again. */
  readonly standing: VerdictState | undefined;
  readonly standingWay: JudgeWay;
}

/** Has answers and verdicts of the run on screen made again. */
export class AgainState {
  readonly #run: RunState;
  readonly #notices: Notices;
  #beside = $state.raw<Beside | null>(null);

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

  /** What is made beside the verdict on an image now; null where nothing is. */
  besideOf(imageId: string): Beside | null {
    return this.#beside?.imageId === imageId ? this.#beside : null;
  }

  /** The verdict as it is shown: while others are made beside it, it stays. */
  verdict(board: Pick<RunBoard, 'verdict'>, imageId: string): VerdictState | undefined {
    const beside = this.besideOf(imageId);
    return beside === null ? board.verdict(imageId) : beside.standing;
  }

  /** Has an image judged in other ways from the same answers; the verdict that stands, stands again at the end. */
  async judgeBeside(imageId: string, ways: readonly JudgeWay[]): Promise<void> {
    const { board } = this.#run;
    if (board === null || this.#beside !== null) return;
    const keys = board.judgedKeys(imageId);
    const standing = board.verdict(imageId);
    const standingWay = board.judgedWay(imageId);
    const { kind } = this.#run.phase;
    try {
      for (const way of ways) {
        this.#beside = { imageId, way, standing, standingWay };
        if (!(await this.judge(imageId, keys, way))) break;
        // Stopped: what was still to come is not begun.
        if (this.#run.phase.kind !== kind || board.verdict(imageId)?.status === 'waiting') break;
      }
      await this.judge(imageId, keys, standingWay);
    } finally {
      this.#beside = null;
    }
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
