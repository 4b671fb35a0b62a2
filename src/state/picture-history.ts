import type { Cell, Description } from '../core/cell';
import { editedText } from '../core/edit';
import type { ImageItem } from '../core/image';
import { isSameWay } from '../core/judge-way';
import type { Run } from '../core/run';
import type { Verdict } from '../core/verdict';
import { verdictsOn } from '../storage/verdicts';
import { isSameSet, type PastVerdict } from './board-verdicts.svelte';
import { captionsInOtherRuns, type CaptionInRun } from './captions-elsewhere';
import type { RunBoard } from './run-board.svelte';

/** What happened to a picture; `at` in milliseconds since 1970. */
export type PictureEvent = { readonly at: number } & (
  | {
      readonly kind: 'described';
      readonly cell: Cell;
      readonly description: Description;
      /** It was asked for beside the run's own answer. */
      readonly isAgain: boolean;
      /** The answer that counts in its place; itself where it does. */
      readonly standing: Cell;
    }
  | ({
      readonly kind: 'judged';
      readonly isAgain: boolean;
      readonly isStanding: boolean;
    } & PastVerdict)
  /** An earlier verdict was taken up again. */
  | { readonly kind: 'chosen'; readonly verdict: Verdict }
  /** Null: the judge's words again. */
  | { readonly kind: 'wrote'; readonly text: string | null; readonly isStanding: boolean }
  | { readonly kind: 'accepted'; readonly accepted: boolean }
  | { readonly kind: 'elsewhere'; readonly caption: CaptionInRun }
  /** A verdict from answers that neither this run nor another one names any more. */
  | { readonly kind: 'judged-before'; readonly verdict: Verdict }
);

/** What happened to a picture in the run on screen, newest first. */
export function historyOf(board: RunBoard, imageId: string): PictureEvent[] {
  return newestFirst([
    ...descriptions(board, imageId),
    ...verdicts(board, imageId),
    ...edits(board, imageId),
  ]);
}

/** What the kept runs know of a picture beside the one on screen. @throws AppError where it can't be read */
export async function historyElsewhere(
  runs: readonly Run[],
  board: RunBoard,
  image: ImageItem,
): Promise<readonly PictureEvent[]> {
  const captions = await captionsInOtherRuns(runs, board.run, image);
  const known = new Set([
    ...captions.flatMap(({ verdictsAt }) => verdictsAt),
    ...verdictsOf(board, image.id).map(({ verdict }) => verdict.finishedAt),
  ]);
  const before = await verdictsOn(image.sha256);
  return [
    ...captions.map((caption) => ({ kind: 'elsewhere' as const, at: caption.at, caption })),
    ...before.flatMap((verdict) =>
      known.has(verdict.finishedAt)
        ? []
        : [{ kind: 'judged-before' as const, at: verdict.finishedAt, verdict }],
    ),
  ];
}

/** Of what has the same time, the last given is the newest. */
export function newestFirst(events: readonly PictureEvent[]): PictureEvent[] {
  return events.toSorted((a, b) => a.at - b.at).reverse();
}

function descriptions(board: RunBoard, imageId: string): PictureEvent[] {
  const seen = new Set<string>();
  return board.cellsOf(imageId).flatMap((standing) =>
    board.takesOf(standing).flatMap((cell): PictureEvent[] => {
      const state = board.state(cell.key);
      if (state.status !== 'done' || seen.has(cell.key)) return [];
      seen.add(cell.key);
      const { description } = state;
      const isAgain = cell.key !== cell.place || cell.isBeside === true;
      return [
        { kind: 'described', at: description.finishedAt, cell, description, isAgain, standing },
      ];
    }),
  );
}

/** The verdict that stands, if there is one, then those before it. */
function verdictsOf(board: RunBoard, imageId: string): readonly PastVerdict[] {
  const state = board.verdict(imageId);
  const past = board.pastVerdicts(imageId);
  if (state?.status !== 'done') return past;
  const cellKeys = board.judgedKeys(imageId);
  return [{ verdict: state.verdict, cellKeys, way: board.judgedWay(imageId) }, ...past];
}

function verdicts(board: RunBoard, imageId: string): PictureEvent[] {
  const all = verdictsOf(board, imageId);
  const first = Math.min(...all.map(({ verdict }) => verdict.finishedAt));
  const isDone = board.verdict(imageId)?.status === 'done';
  const asked = (board.run.judgedAgain ?? []).filter((each) => each.imageId === imageId);
  const made = all.map(({ verdict, cellKeys, way }, index): PictureEvent => {
    const at = verdict.finishedAt;
    const isStanding = isDone && index === 0;
    return { kind: 'judged', at, verdict, cellKeys, way, isStanding, isAgain: at > first };
  });
  return [
    ...made.reverse(),
    ...asked.flatMap((again): PictureEvent[] => {
      const { cellKeys, askedAt } = again;
      const way = again.way ?? { mode: board.run.judgeMode };
      const done = cellKeys.filter((key) => board.state(key).status === 'done');
      const chosen = all.find((one) => isSameSet(one.cellKeys, done) && isSameWay(one.way, way));
      if (chosen === undefined || chosen.verdict.finishedAt >= askedAt) return [];
      return [{ kind: 'chosen', at: askedAt, verdict: chosen.verdict }];
    }),
  ];
}

function edits(board: RunBoard, imageId: string): PictureEvent[] {
  const edit = board.edit(imageId);
  const standing = editedText(edit) === undefined ? undefined : edit.texts.at(-1);
  return [
    ...edit.texts.map((one): PictureEvent => {
      return { kind: 'wrote', at: one.at, text: one.text, isStanding: one === standing };
    }),
    ...(edit.acceptances ?? []).map(({ accepted, at }): PictureEvent => {
      return { kind: 'accepted', at, accepted };
    }),
  ];
}
