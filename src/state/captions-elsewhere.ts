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

/** What stands as the caption of the same picture in another run. */
export interface CaptionInRun {
  readonly runId: string;
  readonly runName: string;
  readonly text: string;
  readonly isAccepted: boolean;
  /** A person's words; else the judge's. */
  readonly isOwn: boolean;
  /** When it was written: milliseconds since 1970. */
  readonly at: number;
  /** When each verdict there was made. */
  readonly verdictsAt: readonly number[];
}

/** The captions of a picture, by its hash, in all other runs that have one. @throws AppError where they can't be read */
export async function captionsInOtherRuns(
  runs: readonly Run[],
  shown: Run,
  { sha256 }: ImageItem,
): Promise<readonly CaptionInRun[]> {
  const found: CaptionInRun[] = [];
  for (const run of runs) {
    const image = run.images.find((one) => one.sha256 === sha256);
    if (run.id === shown.id || image === undefined) continue;
    const board = await RunBoard.open({ ...run, images: [image] });
    const verdict = board.verdict(image.id);
    const text = board.caption(image.id);
    if (verdict?.status !== 'done' || text === undefined) continue;
    const edit = board.edit(image.id);
    const isOwn = editedText(edit) !== undefined;
    const past = board.pastVerdicts(image.id).map((each) => each.verdict);
    found.push({
      runId: run.id,
      runName: run.name,
      text,
      isAccepted: board.isAccepted(image.id),
      isOwn,
      at: isOwn ? (edit.texts.at(-1)?.at ?? 0) : verdict.verdict.finishedAt,
      verdictsAt: [verdict.verdict, ...past].map(({ finishedAt }) => finishedAt),
    });
  }
  return found;
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
    const found = { runName: run.name, text, isAccepted: board.isAccepted(image.id) };
    if (found.isAccepted) return found;
    edited ??= found;
  }
  return edited;
}
