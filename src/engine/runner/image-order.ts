/**
 * The order in which images are taken: as they stand in the run, but one that is wanted comes next. Where models wait for each other
 * at every image (the claims of one are asked of all) they share one order: two that waited for each other's next would wait for ever.
 */
export class ImageOrder {
  readonly #open: Set<string>;
  readonly #taken: string[] = [];
  readonly #wanted: () => string | null;

  constructor(imageIds: readonly string[], wanted: () => string | null) {
    this.#open = new Set(imageIds);
    this.#wanted = wanted;
  }

  /** The image at a place, decided when the first asks for it; undefined after the last. */
  at(place: number): string | undefined {
    while (this.#taken.length <= place) {
      const next = this.#first();
      if (next === undefined) return undefined;
      this.#open.delete(next);
      this.#taken.push(next);
    }
    return this.#taken[place];
  }

  /** The image that would be taken at a place now. */
  next(place: number): string | undefined {
    return this.#taken[place] ?? this.#first();
  }

  #first(): string | undefined {
    const wanted = this.#wanted();
    return wanted !== null && this.#open.has(wanted) ? wanted : this.#open.values().next().value;
  }
}
