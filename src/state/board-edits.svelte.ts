import { SvelteMap } from 'svelte/reactivity';
import { UNEDITED, type Edit } from '../core/edit';
import { changeEdit, changeEdits, savedEdits } from '../storage/edits';

/** What a person made of the verdicts of one run. On disk before on screen. */
export class BoardEdits {
  readonly #runId: string;
  readonly #edits = new SvelteMap<string, Edit>();
  readonly #onChange: (imageId: string) => void;

  /** @param onChange something was changed here, and is on disk */
  constructor(runId: string, onChange: (imageId: string) => void) {
    this.#runId = runId;
    this.#onChange = onChange;
  }

  of(imageId: string): Edit {
    return this.#edits.get(imageId) ?? UNEDITED;
  }

  /** Reads what is kept. @throws AppError */
  async open(imageIds: readonly string[]): Promise<void> {
    const saved = await savedEdits(this.#runId, imageIds);
    // Also those that have none: what is not in the map is followed by way of all of it.
    for (const id of imageIds) this.#edits.set(id, saved.get(id) ?? UNEDITED);
  }

  /** Many in one step. @throws AppError where they can't be written: then none is */
  async changeAll(changes: ReadonlyMap<string, (edit: Edit) => Edit>): Promise<void> {
    for (const [id, edit] of await changeEdits(this.#runId, changes)) {
      this.#edits.set(id, edit);
      this.#onChange(id);
    }
  }

  /** @param change of what is on disk: another tab may have changed it. @throws AppError where it can't be written */
  async change(imageId: string, change: (edit: Edit) => Edit): Promise<void> {
    this.#edits.set(imageId, await changeEdit(this.#runId, imageId, change));
    this.#onChange(imageId);
  }
}
