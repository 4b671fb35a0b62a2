/**
 * Holds back streaming updates and applies the newest of each key once per frame: tokens of several
 * models come faster than the screen can show them. Any other update of a key overtakes what is held.
 */
export class FrameBatch<T> {
  readonly #held = new Map<string, T>();
  readonly #apply: (key: string, value: T) => void;
  #scheduled = false;

  constructor(apply: (key: string, value: T) => void) {
    this.#apply = apply;
  }

  hold(key: string, value: T): void {
    this.#held.set(key, value);
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      const held = [...this.#held];
      this.#held.clear();
      for (const [heldKey, heldValue] of held) this.#apply(heldKey, heldValue);
    });
  }

  /** Applies at once and forgets what was held for the key. */
  now(key: string, value: T): void {
    this.#held.delete(key);
    this.#apply(key, value);
  }
}
