import type { CellState } from './cell';
import { editedText, isAccepted, type Edit } from './edit';
import type { ImageItem } from './image';
import type { Verdict, VerdictState } from './verdict';

/** How far a picture is; it may be in several at once, as one with a verdict and a failed description is. */
export const STATE_TAGS = ['open', 'done', 'failed', 'unjudged'] as const;
/** What is worth a look in it. */
export const MARK_TAGS = [
  'text',
  'disputed',
  'added',
  'edited',
  'accepted',
  'unaccepted',
  'outdated',
] as const;
/** How large its cards are. */
export const PICTURE_SIZES = ['small', 'medium', 'large'] as const;
/** How the gallery can be sorted. */
export const GALLERY_SORTS = ['added', 'name', 'disputed', 'recent'] as const;

export type StateTag = (typeof STATE_TAGS)[number];
export type MarkTag = (typeof MARK_TAGS)[number];
export type PictureTag = StateTag | MarkTag;
export type PictureSize = (typeof PICTURE_SIZES)[number];
export type GallerySort = (typeof GALLERY_SORTS)[number];

/** What a picture is filtered and sorted by. */
export interface PictureFacts {
  readonly tags: readonly PictureTag[];
  /** Number of disputed claims. */
  readonly disputed: number;
  /** Milliseconds since 1970 of the last that was finished of it, 0 where nothing is. */
  readonly finishedAt: number;
}

/** A picture as the filter sees it. */
export interface GalleryEntry {
  readonly image: ImageItem;
  readonly facts: PictureFacts;
  /** All that is searched, folded; asked for only where something is searched. */
  readonly text: string;
}

/** What the gallery is to show: pictures in one of the states, with every one of the marks. */
export interface GalleryChoice {
  /** Words that all have to be in the text. */
  readonly search: string;
  readonly states: ReadonlySet<StateTag>;
  readonly marks: ReadonlySet<MarkTag>;
}

/** What a run has found about a picture; `cells` is empty where it is in no run. */
export interface PictureFindings {
  readonly cells: readonly CellState[];
  /** Undefined where there is no judge. */
  readonly verdict: VerdictState | undefined;
  readonly edit: Edit;
  readonly isOutdated: boolean;
}

export function factsOf({ cells, verdict, edit, isOutdated }: PictureFindings): PictureFacts {
  const states = verdict === undefined ? cells : [...cells, verdict];
  const isAny = (...statuses: readonly CellState['status'][]) =>
    states.some(({ status }) => statuses.includes(status));
  const isOpen = isAny('waiting', 'running');
  const judged = verdict?.status === 'done' ? verdict.verdict : undefined;
  const isDone = verdict === undefined ? isAny('done') && !isOpen : judged !== undefined;
  const disputed = judged?.claims.filter(({ standing }) => standing === 'disputed').length ?? 0;
  const accepted = isAccepted(edit, editedText(edit) ?? judged?.caption);
  const holds: Readonly<Record<PictureTag, boolean>> = {
    open: isOpen,
    done: isDone,
    failed: isAny('failed'),
    unjudged: judged === undefined,
    text: (judged?.textRows.length ?? 0) > 0,
    disputed: disputed > 0,
    added: editedText(edit) === undefined && isAdded(judged),
    edited: editedText(edit) !== undefined,
    accepted,
    unaccepted: judged !== undefined && !accepted,
    outdated: isOutdated,
  };
  return {
    tags: [...STATE_TAGS, ...MARK_TAGS].filter((tag) => holds[tag]),
    disputed,
    finishedAt: Math.max(0, judged?.finishedAt ?? 0, ...cells.map(finishedAt)),
  };
}

/** Whether a sentence of the verdict is in no description. */
function isAdded(verdict: Verdict | undefined): boolean {
  return verdict?.sentences.some(({ origin }) => origin === 'added') ?? false;
}

function finishedAt(state: CellState): number {
  return state.status === 'done' ? state.description.finishedAt : 0;
}

export function isSameFacts(a: PictureFacts, b: PictureFacts): boolean {
  return (
    a.disputed === b.disputed &&
    a.finishedAt === b.finishedAt &&
    a.tags.length === b.tags.length &&
    a.tags.every((tag, index) => tag === b.tags[index])
  );
}

/** Text to be searched in, or for: without capitals, and without accents, which macOS writes apart in names of files. */
export function folded(text: string): string {
  const small = text.toLowerCase();
  return /[^ -~\s]/u.test(small) ? small.normalize('NFKD').replace(/\p{M}+/gu, '') : small;
}

/** Whether nothing is left out. */
export function isEverything({ search, states, marks }: GalleryChoice): boolean {
  return search.trim() === '' && states.size === 0 && marks.size === 0;
}

/** The pictures that fit, in the order given. */
export function chosen<T extends GalleryEntry>(entries: readonly T[], choice: GalleryChoice): T[] {
  const words = wordsOf(choice);
  return entries.filter(
    (entry) => hasOne(entry, choice.states) && hasAll(entry, choice.marks) && isFound(entry, words),
  );
}

/** How many pictures each tag would show: a state instead of those that are chosen, a mark beside all that is. */
export function countsOf(
  entries: readonly GalleryEntry[],
  choice: GalleryChoice,
): Readonly<Record<PictureTag, number>> {
  const counts = Object.fromEntries([...STATE_TAGS, ...MARK_TAGS].map((tag) => [tag, 0])) as Record<
    PictureTag,
    number
  >;
  const words = wordsOf(choice);
  for (const entry of entries) {
    const { tags } = entry.facts;
    if (tags.length === 0 || !isFound(entry, words)) continue;
    if (!hasAll(entry, choice.marks)) continue;
    const isInStates = hasOne(entry, choice.states);
    for (const tag of tags) if (isInStates || isState(tag)) counts[tag] += 1;
  }
  return counts;
}

/** Pictures by name as people count ("2" before "10"), those of one name by what `pathOf` says. */
export function byName(
  images: readonly ImageItem[],
  pathOf: (image: ImageItem) => string,
): ImageItem[] {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return images.toSorted((a, b) => compare(a.name, b.name) || compare(pathOf(a), pathOf(b)));
}

/** Entries by a number, the largest first; equal ones stay in their order. `added` and `name` are orders of pictures, not of facts. */
export function byFacts<T extends GalleryEntry>(entries: readonly T[], sort: GallerySort): T[] {
  const value = { disputed: 'disputed', recent: 'finishedAt' } as const;
  if (sort === 'added' || sort === 'name') return [...entries];
  const by = value[sort];
  return entries.toSorted((a, b) => b.facts[by] - a.facts[by]);
}

function wordsOf({ search }: GalleryChoice): readonly string[] {
  return folded(search)
    .split(/\s+/u)
    .filter((word) => word !== '');
}

// Facts are looked at only where they are asked for: of thousands of pictures they take a while.
function hasOne(entry: GalleryEntry, wanted: ReadonlySet<PictureTag>): boolean {
  return wanted.size === 0 || entry.facts.tags.some((tag) => wanted.has(tag));
}

function hasAll(entry: GalleryEntry, wanted: ReadonlySet<PictureTag>): boolean {
  for (const tag of wanted) if (!entry.facts.tags.includes(tag)) return false;
  return true;
}

function isFound(entry: GalleryEntry, words: readonly string[]): boolean {
  return words.length === 0 || words.every((word) => entry.text.includes(word));
}

function isState(tag: PictureTag): tag is StateTag {
  return (STATE_TAGS as readonly PictureTag[]).includes(tag);
}
