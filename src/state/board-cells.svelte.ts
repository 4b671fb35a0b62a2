import { SvelteMap } from 'svelte/reactivity';
import { distinct, placesOf, standingTake, type Place } from '../core/again';
import { SKIPPED, WAITING, type Cell, type CellState } from '../core/cell';
import {
  changedCounts,
  countsOf,
  NO_COUNTS,
  workKind,
  type Counts,
  type OpenWork,
} from '../core/progress';
import { cellsByImage, type Run } from '../core/run';
import { isSkipped } from '../core/skip';
import type { SettledCell } from '../engine/runner/types';
import { isSettled } from './kept-states';

interface ImageCounts {
  readonly counts: Counts;
  /** Kinds of the work that is open. */
  readonly open: readonly string[];
}

/** The answers of one run: every cell, how it stands, and which of several answers in one place counts. */
export class BoardCells {
  #run: Run;
  #all = $state.raw<readonly Cell[]>([]);
  /** What has not been done when it was read; each is followed by itself. */
  #states = $state.raw(new SvelteMap<string, CellState>());
  /** What was done already: mostly thousands, of which none changes any more. */
  #done = $state.raw<ReadonlyMap<string, CellState>>(new Map());
  #places = $state.raw<ReadonlyMap<string, readonly Place[]>>(new Map());
  #skipped = $state.raw<ReadonlySet<string>>(new Set());
  /** Of all images together: text that streams in changes none. */
  #counts = $state.raw<Counts>(NO_COUNTS);
  readonly #countsOf = new Map<string, ImageCounts>();
  /** Cells that are still to be done, by model and prompt; changes with the counts. */
  readonly #open = new Map<string, number>();
  #cellOf: ReadonlyMap<string, Cell> = new Map();

  constructor(run: Run) {
    this.#run = $state.raw(run);
  }

  get run(): Run {
    return this.#run;
  }

  /** All cells: the run's own and those that were asked for beside them. */
  get all(): readonly Cell[] {
    return this.#all;
  }

  /** How many of those that count stand how: an answer that another one has taken the place of does not. */
  get counts(): Counts {
    return this.#counts;
  }

  /** Takes the same run under another name. */
  rename(run: Run): void {
    this.#run = run;
  }

  /** States that are known here already are newer than what was read. Cells that are not of the run any more are forgotten. */
  takeIn(run: Run, states: ReadonlyMap<Cell, CellState>): void {
    const cells = [...states.keys()];
    const [before, doneBefore] = [this.#states, this.#done];
    const done = new Map<string, CellState>();
    const others: [string, CellState][] = [];
    for (const [{ key }, read] of states) {
      const state = doneBefore.get(key) ?? (before.size === 0 ? read : (before.get(key) ?? read));
      if (state.status === 'done') done.set(key, state);
      else others.push([key, state]);
    }
    this.#done = done;
    this.#states = new SvelteMap(others);
    this.#run = run;
    this.#all = cells;
    const byImage = cellsByImage(cells);
    this.#places = new Map([...byImage].map(([id, own]) => [id, placesOf(own)] as const));
    this.#cellOf = new Map(cells.map((cell) => [cell.key, cell]));
    const { skips } = run;
    this.#skipped = new Set(
      skips === undefined ? [] : cells.filter((cell) => isSkipped(run, cell)).map(({ key }) => key),
    );
    this.#countsOf.clear();
    this.#open.clear();
    let counts = NO_COUNTS;
    for (const imageId of byImage.keys()) counts = this.#counted(imageId, counts);
    this.#counts = counts;
  }

  /** What kind of work a cell is: see `workKind`. */
  kindOf(key: string): string {
    const cell = this.#cellOf.get(key);
    return cell === undefined ? '' : workKind(cell.modelId, cell.promptId);
  }

  has(key: string): boolean {
    return this.#done.has(key) || this.#states.has(key);
  }

  state(key: string): CellState {
    const state = this.#done.get(key) ?? this.#states.get(key) ?? WAITING;
    return state.status === 'waiting' && this.#skipped.has(key) ? SKIPPED : state;
  }

  set(key: string, state: CellState): void {
    const before = this.#done.get(key) ?? this.#states.get(key);
    this.#states.set(key, state);
    if (this.#done.has(key)) {
      const left = new Map(this.#done);
      left.delete(key);
      this.#done = left;
    }
    if (before?.status === state.status) return;
    const imageId = this.#cellOf.get(key)?.imageId;
    if (imageId !== undefined) this.#counts = this.#counted(imageId, this.#counts);
  }

  readonly isDone = (key: string): boolean => this.state(key).status === 'done';

  placesOf(imageId: string): readonly Place[] {
    return this.#places.get(imageId) ?? [];
  }

  /** The cells of an image that count, one a place, in the order of models and prompts. */
  of(imageId: string): readonly Cell[] {
    return this.placesOf(imageId).map((place) => standingTake(place, this.isDone));
  }

  /** All that was asked for in a cell's place, in the order of asking. */
  takesOf({ imageId, place }: Pick<Cell, 'imageId' | 'place'>): readonly Cell[] {
    return this.placesOf(imageId).find(({ key }) => key === place)?.takes ?? [];
  }

  /** Keys of the answers to an image that count now. */
  standingKeys(imageId: string): string[] {
    return distinct(this.of(imageId))
      .map(({ key }) => key)
      .filter((key) => this.isDone(key));
  }

  /** How many cells are still to be done, by the kind of their work. */
  get open(): OpenWork {
    // Whoever reads it is told when it changes.
    return this.#counts === NO_COUNTS ? new Map() : this.#open;
  }

  /** @returns these counts, with those of an image as they are now */
  #counted(imageId: string, counts: Counts): Counts {
    const before = this.#countsOf.get(imageId) ?? { counts: NO_COUNTS, open: [] };
    const cells = this.#counting(imageId);
    const states = cells.map(({ key }) => this.state(key));
    const now = {
      counts: countsOf(states),
      open: cells.flatMap(({ modelId, promptId }, index) => {
        const state = states[index];
        return state === undefined || isSettled(state) ? [] : [workKind(modelId, promptId)];
      }),
    };
    for (const kind of before.open) this.#open.set(kind, (this.#open.get(kind) ?? 0) - 1);
    for (const kind of now.open) this.#open.set(kind, (this.#open.get(kind) ?? 0) + 1);
    this.#countsOf.set(imageId, now);
    return changedCounts(counts, now.counts, before.counts);
  }

  /** An image's cells that are to be counted: an answer that another one has taken the place of is not. */
  #counting(imageId: string): readonly Cell[] {
    const cells = new Map<string, Cell>();
    for (const place of this.placesOf(imageId)) {
      const standing = standingTake(place, this.isDone).key;
      for (const cell of place.takes)
        if (cell.key === standing || !isSettled(this.state(cell.key))) cells.set(cell.key, cell);
    }
    return [...cells.values()];
  }

  /** Cells that are not to be done, as plain data for the runner. */
  settled(): ReadonlyMap<string, SettledCell> {
    return new Map(
      this.#all.flatMap(({ key }) => {
        const state = this.state(key);
        return isSettled(state) ? [[key, state] as const] : [];
      }),
    );
  }

  /** Puts one failed cell back to waiting. */
  reopen(key: string): void {
    if (this.state(key).status === 'failed') this.set(key, WAITING);
  }

  /** @returns keys of the cells that had failed */
  reopenFailed(): string[] {
    const failed = this.#all.map(({ key }) => key).filter((key) => this.#isFailed(key));
    for (const key of failed) this.set(key, WAITING);
    return failed;
  }

  #isFailed(key: string): boolean {
    return this.state(key).status === 'failed';
  }
}
