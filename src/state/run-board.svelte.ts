import { SvelteMap } from 'svelte/reactivity';
import { distinct, evidenceByImage, placesOf, standingTake, type Place } from '../core/again';
import { WAITING, type Cell, type CellState } from '../core/cell';
import { editedText, UNEDITED, withText, type Edit } from '../core/edit';
import { progressOf, type Progress } from '../core/progress';
import type { ImageItem } from '../core/image';
import { cellsByImage, cellsOf, type Run } from '../core/run';
import type { Verdict, VerdictState } from '../core/verdict';
import type { SettledCell } from '../engine/runner/types';
import type { ImageResults, RunResults } from '../exports/results';
import { saveEdit, savedEdits } from '../storage/edits';
import { isSettled, savedVerdicts, statesOf } from './kept-states';
import type { Sink } from './run-tab';

/** A verdict that another one has taken the place of, and what it was made from. */
export interface PastVerdict {
  readonly verdict: Verdict;
  readonly cellKeys: readonly string[];
}

/** The states of one run's cells and verdicts, as the screens see them. */
export class RunBoard {
  #run: Run;
  #cells = $state.raw<readonly Cell[]>([]);
  readonly #states = new SvelteMap<string, CellState>();
  readonly #verdicts = new SvelteMap<string, VerdictState>();
  readonly #pastVerdicts = new SvelteMap<string, readonly PastVerdict[]>();
  readonly #edits = new SvelteMap<string, Edit>();

  private constructor(run: Run) {
    this.#run = $state.raw(run);
    if (run.judge !== null) {
      for (const { id } of run.images) this.#verdicts.set(id, { status: 'waiting' });
    }
  }

  get run(): Run {
    return this.#run;
  }

  /** All cells: the run's own and those that were asked for beside them. */
  get cells(): readonly Cell[] {
    return this.#cells;
  }

  /** Takes the new name of the same run. */
  rename(run: Run): void {
    if (run.id === this.#run.id) this.#run = run;
  }

  /** A run with the states that the journal has for it. */
  static async open(run: Run): Promise<RunBoard> {
    const board = new RunBoard(run);
    board.#takeIn(run, await statesOf(await cellsOf(run)));
    await board.#openVerdicts(run.images);
    const edits = await savedEdits(
      run.id,
      run.images.map(({ id }) => id),
    );
    for (const [id, edit] of edits) board.#edits.set(id, edit);
    return board;
  }

  /**
   * Takes in what was asked for since: more answers, verdicts from other evidence, models in another form.
   * @returns keys of the cells that are to be done for it
   */
  async extend(run: Run): Promise<ReadonlySet<string>> {
    const before = this.run;
    const cells = await cellsOf(run);
    const fresh = cells.filter(({ key }) => !this.#states.has(key));
    const states = await statesOf(fresh);
    const moved = movedCells(before, run, cells, fresh);
    const judged = new Set(
      run.judgedAgain?.slice(before.judgedAgain?.length ?? 0).map(({ imageId }) => imageId),
    );
    for (const { imageId } of moved) judged.add(imageId);
    if (
      run.judge !== null &&
      (run.earlierJudges?.length ?? 0) > (before.earlierJudges?.length ?? 0)
    )
      for (const [id, { status }] of this.#verdicts) if (status === 'failed') judged.add(id);
    const isNow = new Set(cells.map(({ key }) => key));
    for (const key of [...this.#states.keys()]) if (!isNow.has(key)) this.#states.delete(key);
    this.#takeIn(run, new Map([...cells.map((cell) => [cell, WAITING] as const), ...states]));
    for (const { key } of moved) this.reopen(key);
    if (run.judge !== null) for (const id of judged) this.#verdicts.set(id, { status: 'waiting' });
    await this.#openVerdicts(run.images.filter(({ id }) => judged.has(id)));
    return new Set([...fresh, ...moved].map(({ key }) => key));
  }

  /** States that are known here already are newer than what was read. */
  #takeIn(run: Run, states: ReadonlyMap<Cell, CellState>): void {
    for (const [{ key }, state] of states) if (!this.#states.has(key)) this.#states.set(key, state);
    this.#run = run;
    this.#cells = [...states.keys()];
  }

  /** The verdicts that are saved, by the evidence that they are made from; the last asked for stands. */
  async #openVerdicts(images: readonly ImageItem[]): Promise<void> {
    if (this.run.judge === null) return;
    const evidences = images.map((image) => ({ image, evidences: this.#evidences(image.id) }));
    const found = await savedVerdicts(this.run, evidences);
    for (const [id, [current, ...past]] of found) {
      if (current?.verdict !== undefined) {
        this.#verdicts.set(id, { status: 'done', verdict: current.verdict });
      }
      const readable = past.flatMap(({ verdict, cellKeys }) =>
        verdict === undefined ? [] : [{ verdict, cellKeys }],
      );
      if (readable.length > 0 || this.#pastVerdicts.has(id)) this.#pastVerdicts.set(id, readable);
    }
  }

  /** Keys of the described cells that verdicts on an image were made from, the current one's first. */
  #evidences(imageId: string): (readonly string[])[] {
    if (!this.isComplete(imageId)) return [];
    const own = distinct(this.#placesOf(imageId).flatMap(({ takes }) => takes)).filter(
      ({ key, place }) => key === place,
    );
    const judged = (this.run.judgedAgain ?? []).filter((each) => each.imageId === imageId);
    const all = [own.map(({ key }) => key), ...judged.map(({ cellKeys }) => cellKeys)];
    return all.map((keys) => keys.filter((key) => this.#isDone(key))).reverse();
  }

  readonly #evidence = $derived.by(() => evidenceByImage(this.#run, this.#cells));

  /** Whether all that the verdict is made from is there, or has failed. */
  isComplete(imageId: string): boolean {
    return (this.#evidence.get(imageId) ?? []).every(({ key }) => {
      const { status } = this.state(key);
      return status === 'done' || status === 'failed';
    });
  }

  /** Whether the verdict was made from other answers than those that stand now. */
  isOutdated(imageId: string): boolean {
    const { status } = this.verdict(imageId) ?? { status: 'waiting' };
    if (status === 'waiting' || status === 'running') return false;
    const evidence = (this.#evidence.get(imageId) ?? []).map(({ key }) => key);
    return !isSameSet(
      evidence.filter((key) => this.#isDone(key)),
      this.standingKeys(imageId),
    );
  }

  /** Keys of the answers to an image that count now. */
  standingKeys(imageId: string): string[] {
    return distinct(this.cellsOf(imageId))
      .map(({ key }) => key)
      .filter((key) => this.#isDone(key));
  }

  readonly #isDone = (key: string): boolean => this.state(key).status === 'done';

  /** An answer that another one has taken the place of is not counted. */
  readonly progress: Progress = $derived.by(() => {
    const verdicts = this.#verdicts.values();
    if (this.#run.again === undefined) return progressOf(this.#states.values(), verdicts);
    const past = new Set<string>();
    const counted = new Set<string>();
    for (const places of this.#places.values()) {
      for (const place of places) {
        counted.add(standingTake(place, this.#isDone).key);
        for (const { key } of place.takes) if (isSettled(this.state(key))) past.add(key);
      }
    }
    const states = [...this.#states].filter(([key]) => counted.has(key) || !past.has(key));
    return progressOf(
      states.map(([, state]) => state),
      verdicts,
    );
  });

  readonly #places: ReadonlyMap<string, readonly Place[]> = $derived.by(
    () =>
      new Map([...cellsByImage(this.#cells)].map(([id, cells]) => [id, placesOf(cells)] as const)),
  );

  #placesOf(imageId: string): readonly Place[] {
    return this.#places.get(imageId) ?? [];
  }

  /** The cells of an image that count, one a place, in the order of models and prompts. */
  cellsOf(imageId: string): readonly Cell[] {
    return this.#placesOf(imageId).map((place) => standingTake(place, this.#isDone));
  }

  /** All that was asked for in a cell's place, in the order of asking. */
  takesOf({ imageId, place }: Pick<Cell, 'imageId' | 'place'>): readonly Cell[] {
    return this.#placesOf(imageId).find(({ key }) => key === place)?.takes ?? [];
  }

  /** Earlier verdicts on an image, newest first. */
  pastVerdicts(imageId: string): readonly PastVerdict[] {
    return this.#pastVerdicts.get(imageId) ?? [];
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

  /**
   * Takes over what a person made of verdicts that are the same here: a run of the same pictures and some more shows no less
   * than the one before. @throws AppError where it can't be written
   */
  async carryOver(from: RunBoard): Promise<void> {
    for (const { id } of this.run.images) {
      const [here, there] = [this.verdict(id), from.verdict(id)];
      const edit = from.edit(id);
      if (edit === UNEDITED || here?.status !== 'done' || there?.status !== 'done') continue;
      if (here.verdict.finishedAt === there.verdict.finishedAt) await this.#keep(id, edit);
    }
  }

  async #keep(imageId: string, edit: Edit): Promise<void> {
    await saveEdit(this.run.id, imageId, edit);
    this.#edits.set(imageId, edit);
  }

  /** All that was found, as plain data for the exports. */
  results(): RunResults {
    return { run: this.run, images: [...this.resultsOf()] };
  }

  /** The same, an image after the other: whoever wants the first need not make all. */
  *resultsOf(): Generator<ImageResults> {
    for (const image of this.run.images) yield this.#resultsOf(image);
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
    };
  }

  /** Cells that are done or failed, as plain data for the runner. */
  settled(): ReadonlyMap<string, SettledCell> {
    return new Map(
      [...this.#states].flatMap(([key, state]) => (isSettled(state) ? [[key, state]] : [])),
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

  readonly sink: Sink = {
    cell: (key, state) => {
      this.#states.set(key, state);
    },
    verdict: (imageId, state) => {
      this.#verdicts.set(imageId, state);
    },
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

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).size === new Set(b).size && new Set([...a, ...b]).size === new Set(a).size;
}
