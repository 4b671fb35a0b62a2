import { SvelteMap } from 'svelte/reactivity';
import { UNEDITED, withText, type Edit } from '../core/edit';
import { saveEdit, savedEdits } from '../storage/edits';

/** What a person made of the verdicts of one run. On disk before on screen. */
export class BoardEdits {
  readonly #runId: string;
  readonly #edits = new SvelteMap<string, Edit>();

  constructor(runId: string) {
    this.#runId = runId;
  }

  of(imageId: string): Edit {
    return this.#edits.get(imageId) ?? UNEDITED;
  }

  /** Reads what is kept. @throws AppError */
  async open(imageIds: readonly string[]): Promise<void> {
    for (const [id, edit] of await savedEdits(this.#runId, imageIds)) this.#edits.set(id, edit);
  }

  /** Puts the user's words in place of the judge's; null takes them back. @throws AppError */
  async write(imageId: string, text: string | null): Promise<void> {
    await this.keep(imageId, withText(this.of(imageId), text, Date.now()));
  }

  /** @throws AppError where it can't be written */
  async accept(imageId: string, accepted: boolean): Promise<void> {
    await this.keep(imageId, { ...this.of(imageId), accepted });
  }

  /** @throws AppError where it can't be written */
  async keep(imageId: string, edit: Edit): Promise<void> {
    await saveEdit(this.#runId, imageId, edit);
    this.#edits.set(imageId, edit);
  }
}
