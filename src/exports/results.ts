import type { Cell, CellState } from '../core/cell';
import { editedText, type Edit } from '../core/edit';
import type { ImageItem } from '../core/image';
import type { Run } from '../core/run';
import type { Verdict } from '../core/verdict';

export interface CellResult {
  readonly cell: Cell;
  readonly state: CellState;
}

/** All that a run found about one image. */
export interface ImageResults {
  readonly image: ImageItem;
  /** The answers that count, one for each model and prompt of the run, in that order. */
  readonly cells: readonly CellResult[];
  /** Answers asked for beside those that count. */
  readonly earlier: readonly CellResult[];
  readonly verdict: Verdict | null;
  readonly earlierVerdicts: readonly Verdict[];
  /** The verdict was made from other answers than those that count now. */
  readonly isOutdated: boolean;
  readonly edit: Edit;
  /** A person has accepted the caption that stands. */
  readonly isAccepted: boolean;
}

export interface RunResults {
  readonly run: Run;
  readonly images: readonly ImageResults[];
}

/** The results of these images alone. */
export function only({ run, images }: RunResults, ids: ReadonlySet<string>): RunResults {
  return { run, images: images.filter(({ image }) => ids.has(image.id)) };
}

/** Text put around every caption by code, such as a trigger word of a training set. */
export interface CaptionFrame {
  readonly prefix: string;
  readonly suffix: string;
}

export const NO_FRAME: CaptionFrame = { prefix: '', suffix: '' };

/**
 * The caption of an image: what a person made of the verdict, else the verdict, else the first description that there is.
 * Null where nothing is there yet.
 */
export function captionOf({ edit, verdict, cells }: ImageResults): string | null {
  const edited = editedText(edit);
  if (edited !== undefined) return edited;
  if (verdict !== null) return verdict.caption;
  for (const { state } of cells) if (state.status === 'done') return state.description.text;
  return null;
}

export function framed(caption: string, frame: CaptionFrame): string {
  const { prefix, suffix } = asWords(frame);
  return `${prefix}${caption}${suffix}`;
}

/** The same with the space that a person means and does not type: "sks" is "sks ", "photo" is " photo", "!" stays "!". */
export function asWords({ prefix, suffix }: CaptionFrame): CaptionFrame {
  return {
    prefix: /[\p{L}\p{M}\p{N},;:.!?…)\]}”’]$/u.test(prefix) ? `${prefix} ` : prefix,
    suffix: /^[^\s,;:.!?…)\]}”’]/u.test(suffix) ? ` ${suffix}` : suffix,
  };
}

/** Where the image lay in the folder that it was chosen from; its name where that isn't known. */
export function pathOf({ id, name }: Pick<ImageItem, 'id' | 'name'>): string {
  const [, path = name] = /^file:(.+):\d+:\d+$/su.exec(id) ?? [];
  return path;
}

/** The same path with another ending: `holiday/beach.jpg` is `holiday/beach.txt`. */
export function withEnding(path: string, ending: string): string {
  return `${path.replace(/\.[^./]*$/u, '')}.${ending}`;
}

/** Paths that are all different: the second `a.txt` is `a (2).txt`. */
export function distinctPaths(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    let candidate = path;
    for (let number = 2; taken.has(candidate.toLowerCase()); number += 1) {
      candidate = path.replace(/(\.[^./]*)?$/u, ` (${String(number)})$1`);
    }
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}
