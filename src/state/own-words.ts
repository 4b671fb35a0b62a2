import type { RunBoard } from './run-board.svelte';

/** Whether a person's words stand as the caption, and the verdict was made again, or another one taken up, since they were written. */
export function isRejudged(
  board: Pick<RunBoard, 'run' | 'edit' | 'verdict'>,
  imageId: string,
): boolean {
  const last = board.edit(imageId).texts.at(-1);
  const state = board.verdict(imageId);
  if (state?.status !== 'done' || last === undefined || last.text === null) return false;
  const asked = board.run.judgedAgain?.findLast((each) => each.imageId === imageId);
  const { createdAt, calibrated } = board.run;
  // What the run was planned with has not changed since.
  const counted = calibrated?.findLast(({ at }) => at > createdAt)?.at ?? 0;
  return Math.max(state.verdict.finishedAt, asked?.askedAt ?? 0, counted) > last.at;
}
