/** Narrowest card, in px, and the gap beside it: as the grid of few cards has them in its styles. */
const SIZES = { wide: { cardPx: 240, gapPx: 16 }, phone: { cardPx: 156, gapPx: 8 } } as const;

/** How many cards stand beside each other in so much room. */
export function columnsIn(widthPx: number, isPhone: boolean): number {
  const { cardPx, gapPx } = isPhone ? SIZES.phone : SIZES.wide;
  return Math.max(1, Math.floor((widthPx + gapPx) / (cardPx + gapPx)));
}

/** What is listed, in rows of so many. */
export function rowsOf<T>(all: readonly T[], columns: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / columns) }, (_, row) =>
    all.slice(row * columns, (row + 1) * columns),
  );
}
