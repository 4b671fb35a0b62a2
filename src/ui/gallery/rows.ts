import type { PictureSize } from '../../core/gallery';

/** Narrowest cards, in px. */
const CARD_PX: Readonly<Record<'wide' | 'phone', Record<PictureSize, number>>> = {
  wide: { small: 152, medium: 240, large: 380 },
  phone: { small: 104, medium: 156, large: 320 },
};
/** Between them, as the grid has it in its styles. */
const GAP_PX = { wide: 16, phone: 8 } as const;
/** A handful of pictures gets larger cards. */
const FEW_SCALE = 1.25;

export function cardPx(size: PictureSize, isPhone: boolean, isFew = false): number {
  const px = CARD_PX[isPhone ? 'phone' : 'wide'][size];
  return isFew && !isPhone ? px * FEW_SCALE : px;
}

/** How many cards stand beside each other in so much room. */
export function columnsIn(widthPx: number, isPhone: boolean, size: PictureSize = 'medium'): number {
  const card = cardPx(size, isPhone);
  const gapPx = GAP_PX[isPhone ? 'phone' : 'wide'];
  return Math.max(1, Math.floor((widthPx + gapPx) / (card + gapPx)));
}

/** What is listed, in rows of so many. */
export function rowsOf<T>(all: readonly T[], columns: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / columns) }, (_, row) =>
    all.slice(row * columns, (row + 1) * columns),
  );
}
