import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { savedThumbnail } from '../storage/images';

/** So many stay in memory: those of several screens of a gallery. */
const MOST = 600;

/** Thumbnails as object URLs, read from the disk when they are first to be shown; of many the oldest are let go. */
export class Thumbnails {
  readonly #urls = new SvelteMap<string, string>();
  /** SHA-256 of those that were asked for: one that is not kept is not looked for again and again. */
  readonly #asked = new Set<string>();

  /** Object URL, or undefined while it loads. */
  url(sha256: string): string | undefined {
    const url = this.#urls.get(sha256);
    if (url === undefined && !this.#asked.has(sha256)) void this.show(sha256);
    return url;
  }

  /** Reads it, so that it is there when its picture is shown. */
  async show(sha256: string): Promise<void> {
    this.#asked.add(sha256);
    if (untrack(() => this.#urls.has(sha256))) return;
    const blob = await savedThumbnail(sha256).catch(() => undefined);
    if (blob === undefined || this.#urls.has(sha256)) return;
    this.#urls.set(sha256, URL.createObjectURL(blob));
    this.#letGo();
  }

  /** Looks again for those that were not there. */
  lookAgain(): void {
    for (const sha256 of this.#asked) if (!this.#urls.has(sha256)) this.#asked.delete(sha256);
  }

  #letGo(): void {
    for (const [sha256, url] of this.#urls) {
      if (this.#urls.size <= MOST) return;
      this.#urls.delete(sha256);
      this.#asked.delete(sha256);
      URL.revokeObjectURL(url);
    }
  }
}
