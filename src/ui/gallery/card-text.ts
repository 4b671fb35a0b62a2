import type { CellState } from '../../core/cell';
import { editedText, isAccepted, UNEDITED, type Edit } from '../../core/edit';
import type { VerdictState } from '../../core/verdict';
import { addedText } from '../common/added-text';
import type { RunBoard } from '../../state/run-board.svelte';

/** How an image's descriptions stand, in words: "5 of 9 done, 1 failed". */
export function cellsText(states: readonly CellState[]): string {
  const of = (status: CellState['status']) =>
    states.filter((state) => state.status === status).length;
  const parts = [`${String(of('done'))} of ${String(states.length)} descriptions done`];
  const failed = of('failed');
  const running = of('running');
  if (running > 0) parts.push(`${String(running)} being written`);
  if (failed > 0) parts.push(`${String(failed)} failed`);
  const skipped = of('skipped');
  if (skipped > 0) parts.push(`${String(skipped)} skipped`);
  return parts.join(', ');
}

/** What a card says below its picture: the verdict, or else the first description. */
export function cardText(board: RunBoard, imageId: string): string {
  const verdict = board.verdict(imageId);
  const caption = board.caption(imageId);
  if (caption !== undefined) return caption;
  if (verdict?.status === 'running') return verdict.text;
  if (verdict !== undefined) return '';
  for (const { key } of board.cellsOf(imageId)) {
    const state = board.state(key);
    if (state.status === 'done') return state.description.text;
  }
  return '';
}

export interface CardMark {
  readonly kind: 'accepted' | 'edited' | 'outdated' | 'text' | 'added' | 'disputed' | 'failed';
  readonly label: string;
}

/** What is worth a look before the picture is opened. */
export function cardMarks(
  states: readonly CellState[],
  verdict: VerdictState | undefined,
  edit: Edit = UNEDITED,
  isOutdated = false,
): CardMark[] {
  const marks: CardMark[] = [];
  const judged = verdict?.status === 'done' ? verdict.verdict.caption : undefined;
  if (isAccepted(edit, editedText(edit) ?? judged))
    marks.push({ kind: 'accepted', label: 'accepted' });
  if (editedText(edit) !== undefined) marks.push({ kind: 'edited', label: 'edited' });
  if (isOutdated) marks.push({ kind: 'outdated', label: 'from older answers' });
  if (verdict?.status === 'done') {
    const { claims, textRows, sentences } = verdict.verdict;
    const disputed = claims.filter(({ standing }) => standing === 'disputed').length;
    if (textRows.length > 0) marks.push({ kind: 'text', label: 'text found' });
    // A person's own words have taken its place, also where they are all the judge's but for one.
    if (editedText(edit) === undefined && sentences.some(({ origin }) => origin === 'added'))
      marks.push({ kind: 'added', label: addedText(verdict.verdict) });
    if (disputed > 0) marks.push({ kind: 'disputed', label: `${String(disputed)} disputed` });
  }
  const failed =
    states.filter(({ status }) => status === 'failed').length +
    (verdict?.status === 'failed' ? 1 : 0);
  if (failed > 0) marks.push({ kind: 'failed', label: `${String(failed)} failed` });
  return marks;
}
