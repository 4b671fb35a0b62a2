import { editedText } from '../core/edit';
import type { ImageItem } from '../core/image';
import type { Run } from '../core/run';
import { savedEdits } from '../storage/edits';
import { RunBoard } from './run-board.svelte';

/** What a person made of the same picture in another run. */
export interface CaptionElsewhere {
  readonly runName: string;
  readonly text: string;
  /** Else it was edited, and taken back since. */
  readonly isAccepted: boolean;
}

/**
 * The caption of a picture, by its hash, that was accepted or edited in another run: the newest accepted one, else the newest edited
 * one.
 * @param runs newest first
 * @throws AppError where it can't be read
 */
export async function captionElsewhere(
  runs: readonly Run[],
  shown: Run,
  { sha256 }: ImageItem,
): Promise<CaptionElsewhere | undefined> {
  let edited: CaptionElsewhere | undefined;
  for (const run of runs) {
    const image = run.images.find((one) => one.sha256 === sha256);
    if (run.id === shown.id || image === undefined) continue;
    const edit = (await savedEdits(run.id, [image.id])).get(image.id);
    if (edit === undefined || (!edit.accepted && editedText(edit) === undefined)) continue;
    // Words that are the judge's are in the journal alone.
    const board = await RunBoard.open({ ...run, images: [image] });
    const text = board.caption(image.id);
    if (text === undefined) continue;
    const found = { runName: run.name, text, isAccepted: edit.accepted };
    if (found.isAccepted) return found;
    edited ??= found;
  }
  return edited;
}
