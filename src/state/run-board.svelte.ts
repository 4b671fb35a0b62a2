import { isPlanned } from '../core/again';
import { WAITING, type Cell, type CellState } from '../core/cell';
import {
  editedText,
  isAccepted,
  UNEDITED,
  withAccepted,
  withOwnWords,
  withText,
  type Edit,
} from '../core/edit';
import { CHECK, progressFrom, workKind, type OpenWork, type Progress } from '../core/progress';
import type { ImageItem } from '../core/image';
import type { JudgeWay } from '../core/judge-way';
import { cellsOf, type Run } from '../core/run';
import type { VerdictState } from '../core/verdict';
import type { SettledCell } from '../engine/runner/types';
import type { ImageResults, RunResults } from '../exports/results';
import { BoardCells } from './board-cells.svelte';
import { BoardEdits } from './board-edits.svelte';
import { BoardVerdicts, type PastVerdict } from './board-verdicts.svelte';
import { statesOf } from './kept-states';
import type { Sink } from './run-tab';

/** One run as the screens see it: its answers, its verdicts, and what a person made of them. */
export class RunBoard {
  readonly #cells: BoardCells;
  readonly #verdicts: BoardVerdicts;
  readonly #edits: BoardEdits;
  /** By model: images whose claims it has answered for. */
  readonly #checked = new Map<string, Set<string>>();

  private constructor(run: Run, onEdit: (imageId: string) => void) {
    this.#cells = new BoardCells(run);
    this.#verdicts = new BoardVerdicts(this.#cells);
    this.#edits = new BoardEdits(run.id, onEdit);
  }

  get run(): Run {
    return this.#cells.run;
  }

  /** All cells: the run's own and those that were asked for beside them. */
  get cells(): readonly Cell[] {
    return this.#cells.all;
  }

  /** Takes the new name of the same run. */
  rename(run: Run): void {
    if (run.id === this.run.id) this.#cells.rename(run);
  }

  /**
   * A run with the states that the journal has for it.
   * @param onEdit a person has changed, or accepted, the caption of an image here
   */
  static async open(
    run: Run,
    onEdit: (imageId: string) => void = () => undefined,
  ): Promise<RunBoard> {
    const board = new RunBoard(run, onEdit);
    board.#cells.takeIn(run, await statesOf(await cellsOf(run)));
    board.#verdicts.recount();
    await board.#verdicts.open(run.images);
    await board.#edits.open(run.images.map(({ id }) => id));
    return board;
  }

  /**
   * Takes in what was asked for since: more pictures, models, prompts or answers, verdicts from other evidence, models in another
   * form; and what was left out, or is not any more.
   * @returns keys of the cells that are to be done for it
   */
  async extend(run: Run): Promise<ReadonlySet<string>> {
    const before = this.run;
    const cells = await cellsOf(run);
    const fresh = cells.filter(({ key }) => !this.#cells.has(key));
    const states = await statesOf(fresh);
    const moved = movedCells(before, run, cells, fresh);
    const wasSkipped = this.cells.filter(({ key }) => this.state(key).status === 'skipped');
    const judged = this.#verdicts.toJudge(before, run);
    for (const { imageId } of [...moved, ...fresh.filter(isPlanned)]) judged.add(imageId);
    this.#cells.takeIn(run, new Map([...cells.map((cell) => [cell, WAITING] as const), ...states]));
    for (const { key } of moved) this.reopen(key);
    const wanted = wasSkipped.filter(({ key }) => this.state(key).status === 'waiting');
    for (const { imageId } of wanted) judged.add(imageId);
    if (run.judge !== null) for (const id of judged) this.#verdicts.wait(id);
    this.#verdicts.recount();
    await this.#verdicts.open(run.images.filter(({ id }) => judged.has(id)));
    return new Set([...fresh, ...moved, ...wanted].map(({ key }) => key));
  }

  /** Changes where something begins or ends, not with the text that streams in. */
  readonly progress: Progress = $derived.by(() =>
    progressFrom(this.#cells.counts, this.#verdicts.counts),
  );

  /** What is left to do, by the kind of work. */
  get open(): OpenWork {
    const { waiting, running } = this.#verdicts.counts;
    const { judge } = this.run;
    const verdicts = waiting + running;
    if (judge === null || verdicts === 0) return this.#cells.open;
    const work = new Map([...this.#cells.open, [workKind(judge.id), verdicts]]);
    // Of single pictures that are judged in a way of their own it is not worth to know.
    if (this.run.judgeMode === 'verify')
      for (const { id } of this.run.models)
        work.set(workKind(id, CHECK), Math.max(0, verdicts - this.#openChecked(id)));
    return work;
  }

  /** A model has answered for the claims about an image. */
  checked(modelId: string, imageId: string): void {
    this.#checked.set(modelId, (this.#checked.get(modelId) ?? new Set()).add(imageId));
  }

  /** Images that a model has answered for, and whose verdict is still to come. */
  #openChecked(modelId: string): number {
    const images = this.#checked.get(modelId) ?? new Set();
    for (const id of images) if (this.verdict(id)?.status === 'done') images.delete(id);
    return images.size;
  }

  /** Whether any description of an image is still to be made. */
  isOpen(imageId: string): boolean {
    return this.cellsOf(imageId).some(({ key }) => {
      const { status } = this.state(key);
      return status === 'waiting' || status === 'running';
    });
  }

  /** What kind of work a cell is. */
  kindOf(key: string): string {
    return this.#cells.kindOf(key);
  }

  /** The cells of an image that count, one a place, in the order of models and prompts. */
  cellsOf(imageId: string): readonly Cell[] {
    return this.#cells.of(imageId);
  }

  /** All that was asked for in a cell's place, in the order of asking. */
  takesOf(cell: Pick<Cell, 'imageId' | 'place'>): readonly Cell[] {
    return this.#cells.takesOf(cell);
  }

  /** Keys of the answers to an image that count now. */
  standingKeys(imageId: string): string[] {
    return this.#cells.standingKeys(imageId);
  }

  state(key: string): CellState {
    return this.#cells.state(key);
  }

  /** Undefined where the run has no judge. */
  verdict(imageId: string): VerdictState | undefined {
    return this.#verdicts.of(imageId);
  }

  /** Earlier verdicts on an image, newest first. */
  pastVerdicts(imageId: string): readonly PastVerdict[] {
    return this.#verdicts.past(imageId);
  }

  /** Whether all that the verdict is made from is there, or has failed. */
  isComplete(imageId: string): boolean {
    return this.#verdicts.isComplete(imageId);
  }

  /** Whether the verdict was made from other answers than those that stand now. */
  isOutdated(imageId: string): boolean {
    return this.#verdicts.isOutdated(imageId);
  }

  /** Keys of the described cells that the verdict is made from, or is to be. */
  judgedKeys(imageId: string): readonly string[] {
    return this.#verdicts.keys(imageId);
  }

  /** How the verdict is made, or is to be. */
  judgedWay(imageId: string): JudgeWay {
    return this.#verdicts.way(imageId);
  }

  edit(imageId: string): Edit {
    return this.#edits.of(imageId);
  }

  /** The caption that stands: the user's, else the judge's; undefined where there is none. */
  caption(imageId: string): string | undefined {
    const verdict = this.verdict(imageId);
    const judged = verdict?.status === 'done' ? verdict.verdict.caption : undefined;
    return editedText(this.edit(imageId)) ?? judged;
  }

  /** Whether a person has accepted the caption that stands. */
  isAccepted(imageId: string): boolean {
    return isAccepted(this.edit(imageId), this.caption(imageId));
  }

  /** Puts the user's words in place of the judge's; null takes them back. On disk before on screen. @throws AppError */
  async write(imageId: string, text: string | null): Promise<void> {
    await this.#edits.change(imageId, (edit) => withText(edit, text, Date.now()));
  }

  /** @throws AppError where it can't be written */
  async accept(imageId: string, accepted: boolean): Promise<void> {
    const caption = this.caption(imageId);
    await this.#edits.change(imageId, (edit) => withAccepted(edit, accepted, Date.now(), caption));
  }

  /** Several in one step. @throws AppError where they can't be written: then none is */
  async acceptTogether(imageIds: readonly string[], accepted: boolean): Promise<void> {
    const at = Date.now();
    const changes = imageIds.map((id) => {
      const caption = this.caption(id);
      return [id, (edit: Edit) => withAccepted(edit, accepted, at, caption)] as const;
    });
    await this.#edits.changeAll(new Map(changes));
  }

  /** @param change of what is on disk: another tab may have changed it. @throws AppError where it can't be written */
  async changeEdit(imageId: string, change: (edit: Edit) => Edit): Promise<void> {
    await this.#edits.change(imageId, change);
  }

  /** Many captions in one step: see `changeEdit`. @throws AppError where they can't be written */
  async changeEdits(changes: ReadonlyMap<string, (edit: Edit) => Edit>): Promise<void> {
    await this.#edits.changeAll(changes);
  }

  /** Takes in what another tab has made of a caption. */
  async reread(imageId: string): Promise<void> {
    await this.#edits.open([imageId]);
  }

  /**
   * Takes over what a person made of the captions of the same pictures: a run of some more pictures, models or prompts shows no
   * less than the one before. Where the verdict is to be another one, accepted words stand as a person's own.
   * @throws AppError where it can't be written
   */
  async carryOver(from: RunBoard): Promise<void> {
    for (const { id } of this.run.images) {
      const [here, there] = [this.verdict(id), from.verdict(id)];
      const edit = from.edit(id);
      const caption = from.caption(id);
      if (edit === UNEDITED || caption === undefined || there?.status !== 'done') continue;
      const isSame =
        here?.status === 'done' && here.verdict.finishedAt === there.verdict.finishedAt;
      if (isSame) await this.#edits.change(id, () => edit);
      else if (from.isAccepted(id) || editedText(edit) !== undefined)
        await this.#edits.change(id, () => withOwnWords(edit, caption, Date.now()));
    }
  }

  /** All that was found, as plain data for the exports. */
  results(): RunResults {
    return { run: this.run, images: [...this.resultsOf()] };
  }

  /** The same of these images, one after the other: whoever wants the first need not make all. */
  *resultsOf(ids?: ReadonlySet<string>): Generator<ImageResults> {
    for (const image of this.run.images)
      if (ids === undefined || ids.has(image.id)) yield this.#resultsOf(image);
  }

  #resultsOf(image: ImageItem): ImageResults {
    const verdict = this.verdict(image.id);
    const standing = this.cellsOf(image.id);
    const earlier = standing.flatMap((cell) =>
      this.takesOf(cell).filter(({ key }) => key !== cell.key),
    );
    const withState = (cell: Cell) => ({ cell, state: this.state(cell.key) });
    return {
      image,
      cells: standing.map(withState),
      earlier: earlier.map(withState),
      verdict: verdict?.status === 'done' ? verdict.verdict : null,
      earlierVerdicts: this.pastVerdicts(image.id).map((past) => past.verdict),
      isOutdated: this.isOutdated(image.id),
      edit: this.edit(image.id),
      isAccepted: this.isAccepted(image.id),
    };
  }

  /** Cells that are done or failed, as plain data for the runner. */
  settled(): ReadonlyMap<string, SettledCell> {
    return this.#cells.settled();
  }

  /**
   * Puts failed cells and verdicts back to waiting.
   * @returns keys of those cells
   */
  reopenFailed(): readonly string[] {
    const cells = this.#cells.reopenFailed();
    this.#verdicts.reopenFailed();
    return cells;
  }

  /** A verdict from other answers would take away the words that a person has accepted: they stand as that person's own. */
  async keepAccepted(): Promise<void> {
    for (const { id } of this.run.images) {
      const caption = this.caption(id);
      if (caption === undefined || !this.isAccepted(id)) continue;
      await this.#edits.change(id, (edit) => withOwnWords(edit, caption, Date.now()));
    }
  }

  /** Puts one failed cell back to waiting. */
  reopen(key: string): void {
    this.#cells.reopen(key);
  }

  readonly sink: Sink = {
    cell: (key, state) => this.#cells.set(key, state),
    verdict: (imageId, state) => this.#verdicts.set(imageId, state),
    run: (run) => void this.extend(run),
  };
}

/** The run's own cells that another form of their model is to answer: in a new precision they are new ones. */
function movedCells(
  before: Run,
  run: Run,
  cells: readonly Cell[],
  fresh: readonly Cell[],
): readonly Cell[] {
  const replanned = run.replanned?.slice(before.replanned?.length ?? 0) ?? [];
  if (replanned.length === 0) return [];
  const places = new Set(replanned.flatMap((one) => one.places));
  const isFresh = new Set(fresh.map(({ key }) => key));
  return cells.filter(({ key, place }) => key === place && (places.has(key) || isFresh.has(key)));
}
