import { modelBytes } from '../../models/spec';
import type { ShelfRow } from '../../state/shelf.svelte';

export const SHOWN = ['all', 'vision', 'judge', 'fits', 'here'] as const;
export type Shown = (typeof SHOWN)[number];
export const SORTS = ['listed', 'size'] as const;
export type Sort = (typeof SORTS)[number];

export const SHOWN_NAMES: Readonly<Record<Shown, string>> = {
  all: 'All',
  vision: 'See',
  judge: 'Judge',
  fits: 'Fit this device',
  here: 'On this device',
};

type Searched = Pick<
  ShelfRow,
  'name' | 'repository' | 'summary' | 'roles' | 'fit' | 'saved' | 'spec'
>;

/** Rows that contain every word of the search, in the order asked for; those of unknown size come last. */
export function shelfView<Row extends Searched>(
  rows: readonly Row[],
  { search, shown, sort }: { readonly search: string; readonly shown: Shown; readonly sort: Sort },
): readonly Row[] {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = rows.filter((row) => {
    const text = `${row.name} ${row.repository} ${row.summary}`.toLowerCase();
    return words.every((word) => text.includes(word)) && isShown(row, shown);
  });
  if (sort === 'listed') return found;
  const size = ({ spec }: Row) => (spec === undefined ? Infinity : modelBytes(spec));
  return [...found].sort((a, b) => (size(a) === size(b) ? 0 : size(a) - size(b)));
}

function isShown({ roles, fit, saved }: Searched, shown: Shown): boolean {
  switch (shown) {
    case 'all':
      return true;
    case 'fits':
      return fit?.kind === 'yes';
    case 'here':
      return saved !== undefined;
    default:
      return roles.includes(shown);
  }
}
