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

/** So many pictures are looked into at once. */
const FEW = 500;
/** By then what was asked for is on screen. */
const UNTIL_DRAWN_MS = 1000;
const NO_TAGS: Pick<GalleryChoice, 'states' | 'marks'> = { states: new Set(), marks: new Set() };
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
  #sort = $state<GallerySort>('added');
  /** The order that the pictures are in: what was chosen, as soon as they can be put in it at once. */
  #order = $state<GallerySort>('added');
  readonly states = new SvelteSet<StateTag>();
  readonly marks = new SvelteSet<MarkTag>();
  /** What the pictures are filtered by: what was chosen, as soon as they can be at once. */
  #tags = $state.raw<Pick<GalleryChoice, 'states' | 'marks'>>(NO_TAGS);

  constructor(source: GallerySource) {
    this.#source = source;
  }

  get search(): string {
    return this.#typed;
  }
  set search(words: string) {
    this.#typed = words;
    this.#when(words.trim() === '' ? undefined : 'texts', () => (this.#wanted = this.#typed));
  }

  get sort(): GallerySort {
    return this.#sort;
  }
  set sort(sort: GallerySort) {
    this.#sort = sort;
    const isOfNames = sort === 'added' || sort === 'name';
    this.#when(isOfNames ? undefined : 'facts', () => (this.#order = this.#sort));
  }

  /** What the pictures are counted by is there: they are counted at once. */
  async ready(): Promise<void> {
    if (this.total > FEW) await this.#warm('facts');
  }

  /** Does something when what it goes by is known of every picture. */
  #when(what: 'texts' | 'facts' | undefined, work: () => void): void {
    if (what === undefined || this.total <= FEW) work();
    else void this.#warm(what).then(work);
  }

  /**
   * Looks into thousands of pictures a little at a time: all at once holds up the keys. And listens to them until what is on screen
   * does: to begin to listen to all at once takes as long.
   */
  async #warm(what: 'texts' | 'facts'): Promise<void> {
    const groups = untrack(() => new Set(this.#entries.map(({ group }) => group)));
    const stops: (() => void)[] = [];
    const listen = (group: PictureGroup | undefined) => {
      const stop = $effect.root(() => {
        $effect.pre(() => {
          group?.known(what);
        });
      });
      stops.push(stop);
    };
    await inSlices([...groups], listen, NEVER);
    setTimeout(() => stops.forEach((stop) => stop()), UNTIL_DRAWN_MS);
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
    this.#when('facts', () => this.#apply());
  }

  #apply(): void {
    this.#tags = { states: new Set(this.states), marks: new Set(this.marks) };
  }

  /** Shows every picture again; the order stays. */
  clear(): void {
    this.search = '';
    this.states.clear();
    this.marks.clear();
    this.#apply();
  }

  #groupOf(tag: PictureTag): Set<PictureTag> {
    return isMark(tag) ? this.marks : this.states;
  }

  readonly #choice: GalleryChoice = $derived.by(() => {
    return { search: this.#wanted, ...this.#tags };
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
    const images = this.#order === 'name' ? this.#byName : shownImages;
    return images.map((image) => new GroupedPicture(image, this.#groups.get(image.id)));
  });

  /** How many pictures each filter would show. */
  readonly counts = $derived.by(() => countsOf(this.#entries, this.#choice));

  readonly #arranged: readonly ImageItem[] = $derived.by(() => {
    const { shownImages } = this.#source;
    if (!this.isActive && this.#order === 'added') return shownImages;
    const entries = this.isActive ? chosen(this.#entries, this.#choice) : this.#entries;
    return byFacts(entries, this.#order).map(({ image }) => image);
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
