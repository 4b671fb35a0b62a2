import { editedText } from '../core/edit';
import type { AcceptedPicture } from '../core/evidence/learn/observe';
import type { ImageItem } from '../core/image';
import type { Run } from '../core/run';
import { savedEdits } from '../storage/edits';
import { isLearnable } from './learned-plan';
import { RunBoard } from './run-board.svelte';

/** More make nothing surer, and take their time to read. */
const MOST_PICTURES = 1000;

/**
 * Pictures whose caption a person has accepted, in any of these runs, with what models said of them. Of a picture that several
 * runs have, the newest one that has it from a model counts for that model.
 * @param runs newest first
 * @throws AppError where they can't be read
 */
export async function acceptedPictures(runs: readonly Run[]): Promise<readonly AcceptedPicture[]> {
  const found: AcceptedPicture[] = [];
  const known = new Set<string>();
  for (const run of runs) {
    if (!run.models.some(isLearnable)) continue;
    const edits = await savedEdits(
      run.id,
      run.images.map(({ id }) => id),
    );
    const images = run.images.filter(({ id }) => edits.get(id)?.accepted === true);
    if (images.length === 0) continue;
    // Words that are the judge's are in the journal alone.
    const board = await RunBoard.open({ ...run, images });
    for (const image of images) {
      if (found.length === MOST_PICTURES) return found;
      const picture = acceptedPicture(board, image);
      const news = picture?.texts
        .filter(({ modelId }) => isLearnable({ id: modelId }))
        .map(({ modelId }) => `${image.sha256} ${modelId}`)
        .filter((key) => !known.has(key));
      if (picture === undefined || news === undefined || news.length === 0) continue;
      for (const key of news) known.add(key);
      found.push(picture);
    }
  }
  return found;
}

function acceptedPicture(board: RunBoard, { id }: ImageItem): AcceptedPicture | undefined {
  const caption = board.caption(id);
  if (caption === undefined || !board.isAccepted(id)) return undefined;
  const texts = board.cellsOf(id).flatMap(({ key, modelId, promptId }) => {
    const state = board.state(key);
    return state.status === 'done' ? [{ modelId, promptId, text: state.description.text }] : [];
  });
  const state = board.verdict(id);
  const standing = state?.status === 'done' ? state.verdict : undefined;
  const checks = (standing?.claims ?? []).flatMap(({ id: claimId, checks: own }) =>
    own.map((check) => ({ claimId, ...check })),
  );
  const before = captionBefore(board, id);
  return { texts, caption, checks, ...(before === undefined ? {} : { before }) };
}

/** The judge's words that a person has put other words in the place of. */
function captionBefore(board: RunBoard, id: string): string | undefined {
  const edit = board.edit(id);
  const writtenAt = editedText(edit) === undefined ? undefined : edit.texts.at(-1)?.at;
  if (writtenAt === undefined) return undefined;
  const state = board.verdict(id);
  const all = [
    ...(state?.status === 'done' ? [state.verdict] : []),
    ...board.pastVerdicts(id).map(({ verdict }) => verdict),
  ];
  return all
    .filter(({ finishedAt }) => finishedAt < writtenAt)
    .toSorted((a, b) => b.finishedAt - a.finishedAt)[0]?.caption;
}
