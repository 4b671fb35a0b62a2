import { questionOf } from '../core/again';
import type { Cell } from '../core/cell';
import { withoutText } from '../core/edit';
import type { JudgeWay } from '../core/judge-way';
import { toErrorData } from '../core/errors';
import type { AgainState } from './again.svelte';
import type { Notices } from './notices.svelte';
import type { RunBoard } from './run-board.svelte';

interface Dependencies {
  readonly notices: Notices;
  readonly again: AgainState;
}

/** What a person does with the caption of a picture: what is put back can be undone for ten seconds. */
export class CaptionChanges {
  readonly #board: RunBoard;
  readonly #imageId: string;
  readonly #deps: Dependencies;

  constructor(board: RunBoard, imageId: string, deps: Dependencies) {
    this.#board = board;
    this.#imageId = imageId;
    this.#deps = deps;
  }

  async accept(accepted: boolean): Promise<void> {
    await this.#try(() => this.#board.accept(this.#imageId, accepted));
  }

  async write(text: string): Promise<void> {
    await this.#try(() => this.#board.write(this.#imageId, text));
  }

  /** Words that stood before, or stand elsewhere, are the caption now; null: those of the judge. */
  async putBack(text: string | null): Promise<void> {
    const board = this.#board;
    const id = this.#imageId;
    const { accepted } = board.edit(id);
    if (!(await this.#try(() => board.write(id, text)))) return;
    const at = board.edit(id).texts.at(-1)?.at;
    if (at === undefined) return;
    this.#offerUndo(
      text === null ? 'The judge’s words stand again.' : 'These words stand as the caption now.',
      () => this.#try(() => board.changeEdit(id, (edit) => withoutText(edit, at, accepted))),
    );
  }

  /** An earlier verdict stands again. */
  async putBackVerdict(cellKeys: readonly string[], way?: JudgeWay): Promise<void> {
    const board = this.#board;
    const id = this.#imageId;
    const before = board.judgedKeys(id);
    const wayBefore = board.judgedWay(id);
    if (!(await this.#deps.again.judge(id, cellKeys, way))) return;
    this.#offerUndo('The earlier verdict stands again.', () =>
      this.#deps.again.judge(id, before, wayBefore),
    );
  }

  /** An earlier answer counts again. @param standing what counts in its place now */
  async putBackAnswer(cell: Cell, standing: Cell): Promise<void> {
    const ask = ({ place }: Cell, again: Cell) =>
      this.#deps.again.describe([{ ...questionOf(again), place, askedAt: Date.now() }]);
    if (!(await ask(standing, cell))) return;
    this.#offerUndo('The earlier answer counts again.', () => ask(standing, standing));
  }

  #offerUndo(text: string, undo: () => Promise<unknown>): void {
    const action = { label: 'Undo', run: () => void undo() };
    this.#deps.notices.show({ text, tone: 'info', action });
  }

  /** @returns whether it is kept */
  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const text = `That could not be kept (${toErrorData(error).code}). Free some space and try again.`;
      this.#deps.notices.show({ text, tone: 'error' });
      return false;
    }
  }
}
