import type { Cell } from '../../core/cell';
import { editedText } from '../../core/edit';
import { modelName } from '../../models/registry';
import type { RunBoard } from '../../state/run-board.svelte';
import { differsText, takeText, whenText } from './again-text';
import { wayText } from './way-text';

/** One text of a picture that can be laid beside another. */
export interface ComparedText {
  /** The same for every picture of a run, so that a choice holds from one to the next. */
  readonly id: string;
  /** Heading that it stands under in a list. */
  readonly group: string;
  readonly label: string;
  readonly text: string;
  /** Id of the prompt that it answers, where it is an answer that counts. */
  readonly answers?: string;
}

const OWN_WORDS = 'own words';
const VERDICT = 'verdict';

/** All texts there are of a picture: captions first, then what each model said, with earlier ones. */
export function textsOf(board: RunBoard, imageId: string): ComparedText[] {
  return [...captions(board, imageId), ...descriptions(board, imageId)];
}

function captions(board: RunBoard, imageId: string): ComparedText[] {
  const group = 'Caption';
  const edit = board.edit(imageId);
  const own = editedText(edit);
  const verdict = board.verdict(imageId);
  const past = edit.texts.slice(0, own === undefined ? undefined : -1).toReversed();
  return [
    ...(own === undefined ? [] : [{ id: OWN_WORDS, group, label: 'Your words', text: own }]),
    ...(verdict?.status === 'done'
      ? [{ id: VERDICT, group, label: 'Caption, as judged', text: verdict.verdict.caption }]
      : []),
    ...past.flatMap(({ text, at }) =>
      text === null
        ? []
        : [{ id: `own ${String(at)}`, group, label: `Your words, ${whenText(at)}`, text }],
    ),
    ...board.pastVerdicts(imageId).map(({ verdict: { caption, finishedAt }, way }) => ({
      id: `verdict ${String(finishedAt)}`,
      group,
      label: `Caption of another verdict (${wayText(way)}), ${whenText(finishedAt)}`,
      text: caption,
    })),
  ];
}

function descriptions(board: RunBoard, imageId: string): ComparedText[] {
  return board.cellsOf(imageId).flatMap((standing) => {
    const takes = board.takesOf(standing);
    const own = takes.find(({ key, place }) => key === place) ?? standing;
    const group = modelName(own.modelId);
    const here = (cell: Cell, id: string, label: string, answers?: string): ComparedText[] => {
      const state = board.state(cell.key);
      if (state.status !== 'done') return [];
      const { text } = state.description;
      return [{ id, group, label, text, ...(answers === undefined ? {} : { answers }) }];
    };
    const note = differsText(standing, own);
    const title = note === '' ? own.prompt.title : `${own.prompt.title} (${note})`;
    return [
      ...here(standing, `${own.modelId} ${own.promptId}`, title, own.promptId),
      ...takes.flatMap((take) =>
        take.key === standing.key
          ? []
          : here(take, take.key, `Earlier: ${takeText(take, board.state(take.key))}`),
      ),
    ];
  });
}

/** Texts under their headings, in the order in which they come. */
export function groupsOf(texts: readonly ComparedText[]): ReadonlyMap<string, ComparedText[]> {
  const groups = new Map<string, ComparedText[]>();
  for (const text of texts) groups.set(text.group, [...(groups.get(text.group) ?? []), text]);
  return groups;
}

export type Pair = readonly [before: ComparedText, after: ComparedText];

/**
 * The two texts that tell most when they are laid beside each other: the verdict and what a person made of it; else the two
 * answers to one prompt that share the fewest words; else the first two there are. Undefined where there is one text only.
 */
export function tellingPair(texts: readonly ComparedText[]): Pair | undefined {
  const own = texts.find(({ id }) => id === OWN_WORDS);
  const judged = texts.find(({ id }) => id === VERDICT);
  if (own !== undefined && judged !== undefined) return [judged, own];
  const [first, second] = texts;
  if (first === undefined || second === undefined) return undefined;
  return mostDifferent(texts.filter(({ answers }) => answers !== undefined)) ?? [second, first];
}

function mostDifferent(answers: readonly ComparedText[]): Pair | undefined {
  let best: { readonly pair: Pair; readonly shared: number } | undefined;
  for (const [index, a] of answers.entries()) {
    for (const b of answers.slice(index + 1)) {
      if (a.answers !== b.answers) continue;
      const shared = sharedWords(a.text, b.text);
      if (best === undefined || shared < best.shared) best = { pair: [a, b], shared };
    }
  }
  return best?.pair;
}

/** Share of the words that two texts have in common, each as often as both have it: 0..1 (Dice). */
function sharedWords(a: string, b: string): number {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const open = new Map<string, number>();
  for (const word of right) open.set(word, (open.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of left) {
    const count = open.get(word) ?? 0;
    if (count > 0) common += 1;
    open.set(word, count - 1);
  }
  const all = left.length + right.length;
  return all === 0 ? 1 : (2 * common) / all;
}

/** Words without marks between them, in small letters. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
}
