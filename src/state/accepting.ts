import type { ImageItem } from '../core/image';
import type { RunBoard } from './run-board.svelte';

/** Where somebody who accepts captions goes from a picture, whose own is taken for accepted. */
export type AfterAccepting =
  | { readonly kind: 'picture'; readonly id: string }
  /** None of the pictures shown waits: how many of the run are accepted, and how many are not though they have a caption. */
  | { readonly kind: 'end'; readonly accepted: number; readonly left: number };

/**
 * The next picture, and after the last one the first whose caption is not accepted yet. What has no caption but will get one
 * is waited for, like any other.
 * @param images in the order in which they are shown
 * @param beingKept ids of pictures that were accepted just now, and are not on disk yet
 */
export function afterAccepting(
  board: Pick<RunBoard, 'run' | 'caption' | 'isAccepted' | 'verdict'>,
  images: readonly Pick<ImageItem, 'id'>[],
  imageId: string,
  beingKept: ReadonlySet<string> = new Set(),
): AfterAccepting {
  const isAccepted = (id: string) => id === imageId || beingKept.has(id) || board.isAccepted(id);
  const isOpen = ({ id }: Pick<ImageItem, 'id'>) => {
    if (isAccepted(id)) return false;
    const status = board.verdict(id)?.status;
    return board.caption(id) !== undefined || status === 'waiting' || status === 'running';
  };
  const at = images.findIndex(({ id }) => id === imageId);
  const open = images.find(isOpen);
  if (open !== undefined) return { kind: 'picture', id: images[at + 1]?.id ?? open.id };
  const all = board.run.images;
  const accepted = all.filter(({ id }) => isAccepted(id)).length;
  return { kind: 'end', accepted, left: all.filter(isOpen).length };
}

/** "All 8 are accepted." @param total pictures of the run */
export function endText({ accepted, left }: { accepted: number; left: number }, total: number) {
  if (left > 0)
    return `All that are shown are accepted; ${String(left)} ${left === 1 ? 'other is' : 'others are'} not.`;
  return accepted === total
    ? `All ${String(total)} are accepted.`
    : `All ${String(accepted)} captions are accepted; ${String(total - accepted)} of ${String(total)} pictures have none.`;
}
