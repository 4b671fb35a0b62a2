import type { GallerySort, MarkTag, StateTag } from '../../core/gallery';

export const STATE_NAMES: Readonly<Record<StateTag, string>> = {
  open: 'Waiting or running',
  done: 'Done',
  failed: 'Failed',
  unjudged: 'No verdict yet',
};

export const MARK_NAMES: Readonly<Record<MarkTag, string>> = {
  text: 'Text found',
  disputed: 'Disputed',
  added: 'Added by the judge',
  edited: 'Edited',
  accepted: 'Accepted',
  unaccepted: 'Not accepted yet',
  outdated: 'From older answers',
};

export const SORT_NAMES: Readonly<Record<GallerySort, string>> = {
  added: 'As added',
  name: 'Name',
  disputed: 'Least agreed first',
  recent: 'Recently finished',
};
