import { UNEDITED, type Edit } from '../core/edit';
import {
  factsOf,
  folded,
  isSameFacts,
  type GalleryEntry,
  type PictureFacts,
} from '../core/gallery';
import type { ImageItem } from '../core/image';
import { pathOf } from '../exports/results';
import type { RunBoard } from './run-board.svelte';

interface Source {
  readonly board: RunBoard | null;
}

const NO_FACTS: PictureFacts = { tags: [], disputed: 0, finishedAt: 0 };

/** How many pictures are looked into together when something of one has changed. */
export const GROUP_SIZE = 64;

/** Splits pictures into groups. */
export function toGroups(images: readonly ImageItem[], run: Source): PictureGroup[] {
  const groups: PictureGroup[] = [];
  for (let at = 0; at < images.length; at += GROUP_SIZE)
    groups.push(new PictureGroup(images.slice(at, at + GROUP_SIZE), run));
  return groups;
}

/**
 * What is known of some pictures. A state that changes makes the facts of a group anew, not those of thousands; and a group, not a
 * picture, listens: to let thousands of listeners go takes Svelte the square of their number.
 */
export class PictureGroup {
  readonly images: readonly ImageItem[];
  readonly #run: Source;
  #lastEdits: readonly Edit[] = [];
  #lastFacts: ReadonlyMap<string, PictureFacts> = new Map();
  #lastTexts: ReadonlyMap<string, string> = new Map();

  constructor(images: readonly ImageItem[], run: Source) {
    this.images = images;
    this.#run = run;
  }

  /** Apart from the rest, because the first edit of any picture is heard by all that have none. */
  readonly #edits: readonly Edit[] = $derived.by(() => {
    const { board } = this.#run;
    const edits = this.images.map(({ id }) => board?.edit(id) ?? UNEDITED);
    const isSame =
      edits.length === this.#lastEdits.length &&
      edits.every((edit, at) => edit === this.#lastEdits[at]);
    if (!isSame) this.#lastEdits = edits;
    return this.#lastEdits;
  });

  /** By image id; the same map as before where nothing has changed, as while text streams in. */
  readonly facts: ReadonlyMap<string, PictureFacts> = $derived.by(() => {
    const { board } = this.#run;
    const edits = this.#edits;
    const facts = new Map(
      this.images.map(({ id }, at) => [id, factsFrom(board, id, edits[at] ?? UNEDITED)]),
    );
    if (!isSame(facts, this.#lastFacts, isSameFacts)) this.#lastFacts = facts;
    return this.#lastFacts;
  });

  /** What is searched, by image id. */
  readonly texts: ReadonlyMap<string, string> = $derived.by(() => {
    const { board } = this.#run;
    const texts = new Map(
      this.images.map((image) => {
        const words = [pathOf(image), image.name, ...wordsAbout(board, image.id)];
        return [image.id, folded(words.join('\n'))];
      }),
    );
    if (!isSame(texts, this.#lastTexts, (a, b) => a === b)) this.#lastTexts = texts;
    return this.#lastTexts;
  });

  /** Of how many pictures it is known, which is found out by asking. */
  known(what: 'texts' | 'facts'): number {
    return this[what].size;
  }
}

/** A picture in its group. */
export class GroupedPicture implements GalleryEntry {
  readonly image: ImageItem;
  readonly group: PictureGroup | undefined;

  constructor(image: ImageItem, group: PictureGroup | undefined) {
    this.image = image;
    this.group = group;
  }

  get facts(): PictureFacts {
    return this.group?.facts.get(this.image.id) ?? NO_FACTS;
  }

  get text(): string {
    return this.group?.texts.get(this.image.id) ?? '';
  }
}

function isSame<T>(
  a: ReadonlyMap<string, T>,
  b: ReadonlyMap<string, T>,
  isEqual: (a: T, b: T) => boolean,
): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !isEqual(value, other)) return false;
  }
  return true;
}

function factsFrom(board: RunBoard | null, imageId: string, edit: Edit): PictureFacts {
  const cells = board?.cellsOf(imageId) ?? [];
  if (board === null || cells.length === 0)
    return factsOf({ cells: [], verdict: undefined, edit: UNEDITED, isOutdated: false });
  // Nothing is older than the verdict where nothing was asked or judged again.
  const { again, judgedAgain } = board.run;
  const mayBeOutdated = again !== undefined || judgedAgain !== undefined;
  return factsOf({
    cells: cells.map(({ key }) => board.state(key)),
    verdict: board.verdict(imageId),
    edit,
    isOutdated: mayBeOutdated && board.isOutdated(imageId),
  });
}

/** The caption that stands, the judge's, and the descriptions. */
function wordsAbout(board: RunBoard | null, imageId: string): readonly string[] {
  if (board === null) return [];
  const verdict = board.verdict(imageId);
  return [
    board.caption(imageId) ?? '',
    verdict?.status === 'done' ? verdict.verdict.caption : '',
    ...board.cellsOf(imageId).map(({ key }) => {
      const state = board.state(key);
      return state.status === 'done' ? state.description.text : '';
    }),
  ];
}
