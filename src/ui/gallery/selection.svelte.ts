import { SvelteSet } from 'svelte/reactivity';
import type { ImageItem } from '../../core/image';

/** Which cards are selected, and the one that the keyboard stands on. */
export class GallerySelection {
  readonly #images: () => readonly ImageItem[];
  readonly #selected = new SvelteSet<string>();
  #reached = $state<string | null>(null);

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
  }

  clear(): void {
    this.#selected.clear();
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
