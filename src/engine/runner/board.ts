import { evidenceByImage } from '../../core/again';
import type { Cell } from '../../core/cell';
import type { ImageItem } from '../../core/image';
import type { Evidence } from './judge-lane';
import type { RunTask, SettledCell } from './types';

/** Tells a run's images from which cells are still missing, and what their evidence is. */
export class Board {
  readonly #task: RunTask;
  readonly #states: Map<string, SettledCell>;
  readonly #byImage: ReadonlyMap<string, readonly Cell[]>;
  readonly #images: ReadonlyMap<string, ImageItem>;
  readonly #complete: (evidence: Evidence) => void;

  constructor(task: RunTask, complete: (evidence: Evidence) => void) {
    this.#task = task;
    this.#states = new Map(task.settled);
    this.#byImage = evidenceByImage(task.run, task.cells);
    this.#images = new Map(task.run.images.map((image) => [image.id, image]));
    this.#complete = complete;
  }

  /** The images whose cells are all settled. */
  described(): Evidence[] {
    return this.#task.run.images.flatMap((image) => this.#evidence(image) ?? []);
  }

  settle(cell: Cell, state: SettledCell): void {
    this.#states.set(cell.key, state);
    const isEvidence = this.#byImage.get(cell.imageId)?.some(({ key }) => key === cell.key);
    if (isEvidence !== true) return;
    const image = this.#images.get(cell.imageId);
    const evidence = image && this.#evidence(image);
    if (evidence !== undefined) this.#complete(evidence);
  }

  /** Undefined while cells of the image are open, and where it was left out with some of them. */
  #evidence(image: ImageItem): Evidence | undefined {
    const cells = this.#byImage.get(image.id) ?? [];
    if (cells.some(({ key }) => !this.#states.has(key))) return undefined;
    const isLeftOut = this.#task.run.skips?.imageIds.includes(image.id) === true;
    if (isLeftOut && cells.some(({ key }) => this.#states.get(key)?.status === 'skipped'))
      return undefined;
    const described = cells.flatMap((cell) => {
      const state = this.#states.get(cell.key);
      return state?.status === 'done' ? [{ cell, description: state.description }] : [];
    });
    return { image, described };
  }
}
