import { SvelteMap } from 'svelte/reactivity';
import { distinct, placesOf, standingTake, type Place } from '../core/again';
import { WAITING, type Cell, type CellState } from '../core/cell';
import { cellsByImage, type Run } from '../core/run';
import type { SettledCell } from '../engine/runner/types';
import { isSettled } from './kept-states';

/** The answers of one run: every cell, how it stands, and which of several answers in one place counts. */
export class BoardCells {
  #run: Run;
  #all = $state.raw<readonly Cell[]>([]);
  readonly #states = new SvelteMap<string, CellState>();

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

  /** Takes the same run under another name. */
  rename(run: Run): void {
    this.#run = run;
  }

  /** States that are known here already are newer than what was read. */
  takeIn(run: Run, states: ReadonlyMap<Cell, CellState>): void {
    for (const [{ key }, state] of states) if (!this.#states.has(key)) this.#states.set(key, state);
    this.#run = run;
    this.#all = [...states.keys()];
  }

  /** Forgets the states of cells that are not of the run any more. */
  keepOnly(cells: readonly Cell[]): void {
    const isNow = new Set(cells.map(({ key }) => key));
    for (const key of [...this.#states.keys()]) if (!isNow.has(key)) this.#states.delete(key);
  }

  has(key: string): boolean {
    return this.#states.has(key);
  }

  state(key: string): CellState {
    return this.#states.get(key) ?? WAITING;
  }

  set(key: string, state: CellState): void {
    this.#states.set(key, state);
  }

  readonly isDone = (key: string): boolean => this.state(key).status === 'done';

  readonly #places: ReadonlyMap<string, readonly Place[]> = $derived.by(
    () =>
      new Map([...cellsByImage(this.#all)].map(([id, cells]) => [id, placesOf(cells)] as const)),
  );

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

  /** States to be counted: an answer that another one has taken the place of is not. */
  counted(): readonly CellState[] {
    if (this.#run.again === undefined) return [...this.#states.values()];
    const past = new Set<string>();
    const counted = new Set<string>();
    for (const places of this.#places.values()) {
      for (const place of places) {
        counted.add(standingTake(place, this.isDone).key);
        for (const { key } of place.takes) if (isSettled(this.state(key))) past.add(key);
      }
    }
    return [...this.#states]
      .filter(([key]) => counted.has(key) || !past.has(key))
      .map(([, state]) => state);
  }

  /** Cells that are done or failed, as plain data for the runner. */
  settled(): ReadonlyMap<string, SettledCell> {
    return new Map(
      [...this.#states].flatMap(([key, state]) => (isSettled(state) ? [[key, state]] : [])),
    );
  }

  /** Puts one failed cell back to waiting. */
  reopen(key: string): void {
    if (this.state(key).status === 'failed') this.#states.set(key, WAITING);
  }

  reopenFailed(): void {
    for (const [key, state] of this.#states) {
      if (state.status === 'failed') this.#states.set(key, WAITING);
    }
  }
}
