import { SvelteMap } from 'svelte/reactivity';
import { WAITING, type Cell, type CellState } from '../core/cell';
import { editedText, UNEDITED, withText, type Edit } from '../core/edit';
import { progressOf, type Progress } from '../core/progress';
import { cellsByImage, cellsOf, type Run } from '../core/run';
import { verdictKey, type VerdictState } from '../core/verdict';
import type { RunnerEvents, SettledCell } from '../engine/runner/types';
import type { RunResults } from '../exports/results';
import { saveEdit, savedEdits } from '../storage/edits';
import { savedRecords } from '../storage/journal';

/** The states of one run's cells and verdicts, as the screens see them. */
export class RunBoard {
  #run: Run;
  readonly cells: readonly Cell[];
  readonly #states = new SvelteMap<string, CellState>();
  readonly #verdicts = new SvelteMap<string, VerdictState>();
  readonly #edits = new SvelteMap<string, Edit>();
  readonly #byImage: ReadonlyMap<string, readonly Cell[]>;

  constructor(run: Run, cells: readonly Cell[]) {
    this.#run = $state.raw(run);
    this.cells = cells;
    this.#byImage = cellsByImage(cells);
    for (const { key } of cells) this.#states.set(key, WAITING);
    if (run.judge !== null) {
      for (const { id } of run.images) this.#verdicts.set(id, { status: 'waiting' });
    }
  }

  get run(): Run {
    return this.#run;
  }

  /** Takes the new name of the same run. */
  rename(run: Run): void {
    if (run.id === this.#run.id) this.#run = run;
  }

  /** A run with the states that the journal has for it. */
  static async open(run: Run): Promise<RunBoard> {
    const cells = await cellsOf(run);
    const board = new RunBoard(run, cells);
    const records = await savedRecords(cells.map(({ key }) => key));
    for (const [index, { key }] of cells.entries()) {
      const record = records[index];
      if (record?.kind === 'description') {
        board.#states.set(key, { status: 'done', description: record.description });
      } else if (record?.kind === 'failure') {
        board.#states.set(key, {
          status: 'failed',
          error: record.error,
          attempts: record.attempts,
        });
      }
    }
    await board.#openVerdicts();
    const edits = await savedEdits(
      run.id,
      run.images.map(({ id }) => id),
    );
    for (const [id, edit] of edits) board.#edits.set(id, edit);
    return board;
  }

  /** Verdicts on images all of whose cells are settled: their key is made of that evidence. */
  async #openVerdicts(): Promise<void> {
    const { judge } = this.run;
    if (judge === null) return;
    const complete = this.run.images.filter(({ id }) => this.isComplete(id));
    const keys = await Promise.all(
      complete.map(({ id, sha256 }) =>
        verdictKey(sha256, judge, this.run.judgeMode, this.#describedKeys(id)),
      ),
    );
    const records = await savedRecords(keys);
    for (const [index, { id }] of complete.entries()) {
      const record = records[index];
      if (record?.kind === 'verdict') {
        this.#verdicts.set(id, { status: 'done', verdict: record.verdict });
      }
    }
  }

  isComplete(imageId: string): boolean {
    return this.cellsOf(imageId).every(({ key }) => {
      const { status } = this.state(key);
      return status === 'done' || status === 'failed';
    });
  }

  #describedKeys(imageId: string): string[] {
    return this.cellsOf(imageId)
      .map(({ key }) => key)
      .filter((key) => this.state(key).status === 'done');
  }

  readonly progress: Progress = $derived.by(() =>
    progressOf(this.#states.values(), this.#verdicts.values()),
  );

  cellsOf(imageId: string): readonly Cell[] {
    return this.#byImage.get(imageId) ?? [];
  }

  state(key: string): CellState {
    return this.#states.get(key) ?? WAITING;
  }

  /** Undefined where the run has no judge. */
  verdict(imageId: string): VerdictState | undefined {
    return this.#verdicts.get(imageId);
  }

  edit(imageId: string): Edit {
    return this.#edits.get(imageId) ?? UNEDITED;
  }

  /** The caption that stands: the user's, else the judge's; undefined where there is none. */
  caption(imageId: string): string | undefined {
    const verdict = this.verdict(imageId);
    const judged = verdict?.status === 'done' ? verdict.verdict.caption : undefined;
    return editedText(this.edit(imageId)) ?? judged;
  }

  /** Puts the user's words in place of the judge's; null takes them back. On disk before on screen. @throws AppError */
  async write(imageId: string, text: string | null): Promise<void> {
    await this.#keep(imageId, withText(this.edit(imageId), text, Date.now()));
  }

  /** @throws AppError where it can't be written */
  async accept(imageId: string, accepted: boolean): Promise<void> {
    await this.#keep(imageId, { ...this.edit(imageId), accepted });
  }

  async #keep(imageId: string, edit: Edit): Promise<void> {
    await saveEdit(this.run.id, imageId, edit);
    this.#edits.set(imageId, edit);
  }

  /** All that was found, as plain data for the exports. */
  results(): RunResults {
    return {
      run: this.run,
      images: this.run.images.map((image) => {
        const verdict = this.verdict(image.id);
        return {
          image,
          cells: this.cellsOf(image.id).map((cell) => ({ cell, state: this.state(cell.key) })),
          verdict: verdict?.status === 'done' ? verdict.verdict : null,
          edit: this.edit(image.id),
        };
      }),
    };
  }

  /** Cells that are done or failed, as plain data for the runner. */
  settled(): ReadonlyMap<string, SettledCell> {
    return new Map(
      [...this.#states].flatMap(([key, state]) =>
        state.status === 'done' || state.status === 'failed' ? [[key, state]] : [],
      ),
    );
  }

  /** Puts failed cells and verdicts back to waiting. */
  reopenFailed(): void {
    for (const [key, state] of this.#states) {
      if (state.status === 'failed') this.#states.set(key, WAITING);
    }
    for (const [id, state] of this.#verdicts) {
      if (state.status === 'failed') this.#verdicts.set(id, { status: 'waiting' });
    }
  }

  /** Puts one failed cell back to waiting. */
  reopen(key: string): void {
    if (this.state(key).status === 'failed') this.#states.set(key, WAITING);
  }

  readonly sink: Pick<RunnerEvents, 'cell' | 'verdict'> = {
    cell: (key, state) => {
      this.#states.set(key, state);
    },
    verdict: (imageId, state) => {
      this.#verdicts.set(imageId, state);
    },
  };
}
