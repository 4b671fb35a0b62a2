import { createContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { ImageItem } from '../../core/image';

/** Which cards are selected, and the one that the keyboard stands on. */
export class GallerySelection {
  readonly #images: () => readonly ImageItem[];
  readonly #selected = new SvelteSet<string>();
  #reached = $state<string | null>(null);
  /** The card that was toggled last: a range goes from it. */
  #anchor: string | null = null;

  /** @param images the pictures in their order on screen */
  constructor(images: () => readonly ImageItem[]) {
    this.#images = images;
  }

  /** Selected ids that are still on screen. */
  readonly ids: ReadonlySet<string> = $derived.by(
    () => new Set(this.#images().flatMap(({ id }) => (this.#selected.has(id) ? [id] : []))),
  );

  /** The card that Tab reaches. */
  readonly reached: string | null = $derived.by(() => {
    const images = this.#images();
    const known = images.some(({ id }) => id === this.#reached);
    return known ? this.#reached : (images[0]?.id ?? null);
  });

  reach(id: string): void {
    this.#reached = id;
  }

  toggle(id: string): void {
    if (!this.#selected.delete(id)) this.#selected.add(id);
    this.#anchor = id;
  }

  /** Selects all from the card that was toggled last to this one. */
  extendTo(id: string): void {
    const images = this.#images();
    const places = [this.#anchor ?? this.reached, id].map((one) =>
      images.findIndex((image) => image.id === one),
    );
    const [from, to] = [Math.min(...places), Math.max(...places)];
    for (const image of images.slice(Math.max(0, from), to + 1)) this.#selected.add(image.id);
  }

  selectAll(): void {
    for (const { id } of this.#images()) this.#selected.add(id);
  }

  clear(): void {
    this.#selected.clear();
    this.#anchor = null;
  }

  /** What Delete removes: the selected cards, or else the one that the keyboard stands on. */
  get target(): ReadonlySet<string> {
    if (this.ids.size > 0) return this.ids;
    return new Set(this.reached === null ? [] : [this.reached]);
  }

  /** Id of the card so many places on. */
  neighbour(step: number): string | undefined {
    const images = this.#images();
    const index = images.findIndex(({ id }) => id === this.reached);
    return images[Math.min(images.length - 1, Math.max(0, index + step))]?.id;
  }
}

const [useSelection, provideSelection] = createContext<GallerySelection>();
export { provideSelection, useSelection };
