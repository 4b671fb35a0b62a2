import type { Cell } from './cell';
import { decodeKey, type DecodeSettings } from './decode';
import type { JudgeWay } from './judge-way';
import type { Prompt } from './prompts';
import { judgesOf, latest } from './replan';
import type { Run, RunModel } from './run';
import { cellsByImage } from './run';
import { askedText } from './wishes';

/** One more answer that somebody asked for, beside those that a cell's place has. */
export interface Again {
  /** Key of the cell in whose place the new answer stands, or beside which it does. */
  readonly place: string;
  /** Another question: the answer has a place of its own, and that one's stands as it did. */
  readonly isBeside?: true;
  readonly model: RunModel;
  readonly prompt: Prompt;
  readonly decode: DecodeSettings;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

/** What the verdict on an image was to be made from, each time that somebody had it judged again. */
export interface JudgedAgain {
  readonly imageId: string;
  readonly cellKeys: readonly string[];
  /** As the run was planned where absent. */
  readonly way?: JudgeWay;
  readonly askedAt: number;
}

export function withAgain(run: Run, asked: readonly Again[]): Run {
  return { ...run, again: [...(run.again ?? []), ...asked] };
}

export function withJudgedAgain(run: Run, judged: JudgedAgain): Run {
  return { ...run, judgedAgain: [...(run.judgedAgain ?? []), judged] };
}

/** What is to be other this time; what is undefined stays as it was. */
export type AgainChoice = Partial<Pick<Again, 'model' | 'prompt' | 'decode'>>;

/**
 * What there is to ask, to have these answers made again with other choices. An answer that stands already is not asked for; one that
 * several places would get is asked for once: in the place of the same model and prompt, else beside the one that fits best.
 * @param cells those that count now, one a place
 */
export function toAsk(cells: readonly Cell[], choice: AgainChoice, askedAt: number): Again[] {
  const standing = new Set(cells.map((cell) => questionKey(questionOf(cell))));
  const best = new Map<string, { readonly again: Again; readonly fit: number }>();
  for (const cell of cells) {
    const before = questionOf(cell);
    const again = { ...before, ...choice, place: cell.place, askedAt };
    const key = questionKey(again);
    if (standing.has(key)) continue;
    const fit =
      2 * Number(again.model.id === before.model.id) +
      Number(again.prompt.text === before.prompt.text);
    if (fit > (best.get(key)?.fit ?? -1)) best.set(key, { again, fit });
  }
  return [...best.values()].map(({ again, fit }) =>
    fit === SAME_QUESTION ? again : { ...again, isBeside: true },
  );
}

/** Fit of an answer by the same model to the same prompt. */
const SAME_QUESTION = 3;

export function questionOf({
  identity,
  model,
  prompt,
}: Cell): Pick<Again, 'model' | 'prompt' | 'decode'> {
  return { model, prompt, decode: identity.decode };
}

function questionKey({ model, prompt, decode }: ReturnType<typeof questionOf>): string {
  const asked = askedText(prompt.text, model.alsoAsked);
  return [model.id, model.revision, model.precision, decodeKey(decode), asked].join('|');
}

/** Whether two runs would ask the same about a picture, and judge it alike: what one has found stands in the other too. */
export function asksTheSame(a: Run, b: Run): boolean {
  return everythingAsked(a) === everythingAsked(b);
}

function everythingAsked(run: Run): string {
  const asked = run.models.flatMap((model) =>
    run.prompts.map((prompt) =>
      questionKey({ model: latest(run, model), prompt, decode: run.decode }),
    ),
  );
  const judges = judgesOf(run).map(({ id, revision, precision }) =>
    [id, revision, precision, run.judgeMode, run.calibrated?.at(-1)?.name ?? ''].join('|'),
  );
  return JSON.stringify([asked, judges].map((keys) => [...new Set(keys)].sort()));
}

/** The run's own cell and all that was asked for in its place, in the order of asking: the last that has an answer counts. */
export interface Place {
  readonly key: string;
  readonly takes: readonly Cell[];
}

export function placesOf(cells: readonly Cell[]): Place[] {
  const takes = new Map<string, Cell[]>();
  for (const cell of cells) {
    const group = takes.get(cell.place);
    if (group === undefined) takes.set(cell.place, [cell]);
    else group.push(cell);
  }
  return [...takes].map(([key, group]) => ({ key, takes: group }));
}

/** The take that counts: the last that is done; before there is one, the run's own cell. */
export function standingTake({ key, takes }: Place, isDone: (key: string) => boolean): Cell {
  const [first] = takes;
  if (first === undefined) throw new Error('a place without a cell');
  return (
    takes.findLast((cell) => isDone(cell.key)) ?? takes.find((own) => own.key === key) ?? first
  );
}

/** Whether it is of the run as it was planned, not asked for since. */
export function isPlanned({ key, place, isBeside }: Cell): boolean {
  return key === place && isBeside !== true;
}

/** What each verdict is made from: the cells it was last to be judged from, else the run's own. By image id. */
export function evidenceByImage(
  run: Run,
  cells: readonly Cell[],
): ReadonlyMap<string, readonly Cell[]> {
  const judged = new Map(
    (run.judgedAgain ?? []).map(({ imageId, cellKeys }) => [imageId, new Set(cellKeys)]),
  );
  return new Map(
    [...cellsByImage(cells)].map(([imageId, group]) => {
      const keys = judged.get(imageId);
      const isEvidence = (cell: Cell) => keys?.has(cell.key) ?? isPlanned(cell);
      return [imageId, distinct(group.filter(isEvidence))];
    }),
  );
}

/** An answer that stands in two places is one piece of evidence. */
export function distinct(cells: readonly Cell[]): Cell[] {
  return [...new Map(cells.map((cell) => [cell.key, cell])).values()];
}
