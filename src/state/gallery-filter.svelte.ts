import { untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import {
  byFacts,
  byName,
  chosen,
  countsOf,
  isEverything,
  MARK_TAGS,
  type GalleryChoice,
  type GallerySort,
  type MarkTag,
  type PictureTag,
  type StateTag,
} from '../core/gallery';
import type { ImageItem } from '../core/image';
import { pathOf } from '../exports/results';
import { GROUP_SIZE, GroupedPicture, toGroups, type PictureGroup } from './picture-group.svelte';
import type { RunBoard } from './run-board.svelte';
import { inSlices } from './slices';
import type { ViewState } from './view.svelte';

/** So many pictures are searched at once. */
const FEW = 500;
const NEVER = new AbortController().signal;

/** Where the filter looks. */
export interface GallerySource {
  readonly shownImages: readonly ImageItem[];
  readonly run: { readonly board: RunBoard | null };
  readonly view: Pick<ViewState, 'imageId'>;
}

/** Which pictures the gallery shows, and in which order. Lives as long as the tab; fetched when there are pictures to filter. */
export class GalleryFilter {
  readonly #source: GallerySource;
  /** By image id. */
  #groups = new Map<string, PictureGroup>();
  /** The pictures as they stood when one of them was opened. */
  #held: readonly ImageItem[] | null = null;

  #typed = $state('');
  /** What is looked for: what was typed, as soon as it can be found at once. */
  #wanted = $state('');
  sort = $state<GallerySort>('added');
  readonly states = new SvelteSet<StateTag>();
  readonly marks = new SvelteSet<MarkTag>();

  constructor(source: GallerySource) {
    this.#source = source;
  }

  get search(): string {
    return this.#typed;
  }
  set search(words: string) {
    this.#typed = words;
    if (words.trim() === '' || this.total <= FEW) this.#wanted = words;
    else void this.#warm().then(() => (this.#wanted = this.#typed));
  }

  /** Brings the texts of thousands of pictures into the form that is searched, a little at a time: all at once holds up the keys. */
  async #warm(): Promise<void> {
    const groups = untrack(() => new Set(this.#entries.map(({ group }) => group)));
    await inSlices([...groups], (group) => untrack(() => group?.texts), NEVER);
  }

  /** There is something that pictures can be told apart by, beside their names. */
  get hasFindings(): boolean {
    return this.#source.run.board !== null;
  }

  /** Some pictures may be left out. */
  get isActive(): boolean {
    return !isEverything(this.#choice);
  }

  /** How many filters are set, the search aside. */
  get tagCount(): number {
    return this.states.size + this.marks.size;
  }

  get total(): number {
    return this.#source.shownImages.length;
  }

  has(tag: PictureTag): boolean {
    return this.#groupOf(tag).has(tag);
  }

  toggle(tag: PictureTag): void {
    const group = this.#groupOf(tag);
    if (!group.delete(tag)) group.add(tag);
  }

  /** Shows every picture again; the order stays. */
  clear(): void {
    this.search = '';
    this.states.clear();
    this.marks.clear();
  }

  #groupOf(tag: PictureTag): Set<PictureTag> {
    return isMark(tag) ? this.marks : this.states;
  }

  readonly #choice: GalleryChoice = $derived.by(() => {
    const { states, marks } = this;
    return { search: this.#wanted, states, marks };
  });

  readonly #byName = $derived.by(() => byName(this.#source.shownImages, pathOf));

  readonly #entries: readonly GroupedPicture[] = $derived.by(() => {
    const { shownImages } = this.#source;
    const fresh = shownImages.filter(({ id }) => !this.#groups.has(id));
    // Pictures that came one by one are put together with the others now and then; those that are gone are let go.
    const isScattered = fresh.length > 0 && this.#groups.size % GROUP_SIZE === 0;
    const isAnew = isScattered || this.#groups.size > 2 * shownImages.length;
    if (isAnew) this.#groups = new Map();
    for (const group of toGroups(isAnew ? shownImages : fresh, this.#source.run))
      for (const { id } of group.images) this.#groups.set(id, group);
    const images = this.sort === 'name' ? this.#byName : shownImages;
    return images.map((image) => new GroupedPicture(image, this.#groups.get(image.id)));
  });

  /** How many pictures each filter would show. */
  readonly counts = $derived.by(() => countsOf(this.#entries, this.#choice));

  readonly #arranged: readonly ImageItem[] = $derived.by(() => {
    const { shownImages } = this.#source;
    if (!this.isActive && this.sort === 'added') return shownImages;
    const entries = this.isActive ? chosen(this.#entries, this.#choice) : this.#entries;
    return byFacts(entries, this.sort).map(({ image }) => image);
  });

  readonly #isOpen = $derived.by(() => this.#source.view.imageId !== null);

  /**
   * The pictures that fit, in order. While one is open they stay as they are: one that is accepted does not fall out of those
   * that are not, and the next one is the one that stood beside it.
   */
  readonly shown: readonly ImageItem[] = $derived.by(() => {
    if (!this.#isOpen) {
      this.#held = null;
      return this.#arranged;
    }
    this.#held ??= untrack(() => this.#arranged);
    const here = new Map(this.#source.shownImages.map((image) => [image.id, image]));
    return this.#held.flatMap(({ id }) => here.get(id) ?? []);
  });
}

function isMark(tag: PictureTag): tag is MarkTag {
  return (MARK_TAGS as readonly PictureTag[]).includes(tag);
}
