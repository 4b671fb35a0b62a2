import type { ImagesState } from './images.svelte';
import type { RunsState } from './runs.svelte';
import type { SettingsState } from './settings.svelte';

/** Why a picture needs no description. */
export type SkipReason =
  | { readonly kind: 'sidecar'; readonly file: string }
  | { readonly kind: 'run'; readonly name: string };

/** Pictures of the set-up that have a description already, and whether those are skipped. */
export class DescribedState {
  /** SHA-256 of a picture to the id of a run that has described it. */
  #inRuns = $state.raw<ReadonlyMap<string, string>>(new Map());
  readonly #settings: SettingsState;
  readonly #images: ImagesState;
  readonly #runs: RunsState;

  constructor(settings: SettingsState, images: ImagesState, runs: RunsState) {
    this.#settings = settings;
    this.#images = images;
    this.#runs = runs;
  }

  get isSkipping(): boolean {
    return this.#settings.value.skipDescribed;
  }

  /** By image id; empty where nothing is skipped. */
  readonly skipped: ReadonlyMap<string, SkipReason> = $derived.by(() => {
    const reasons = new Map<string, SkipReason>();
    if (!this.isSkipping) return reasons;
    const names = new Map(this.#runs.list.map(({ id, name }) => [id, name]));
    for (const { id, sha256, sidecar } of this.#images.items) {
      const name = names.get(this.#inRuns.get(sha256) ?? '');
      if (sidecar !== undefined) reasons.set(id, { kind: 'sidecar', file: sidecar });
      else if (name !== undefined) reasons.set(id, { kind: 'run', name });
    }
    return reasons;
  });

  skip(skipDescribed: boolean): void {
    this.#settings.change({ skipDescribed });
  }

  /** Reads which pictures the kept runs have described; nothing where none is skipped. */
  async refresh(): Promise<void> {
    if (!this.isSkipping) return;
    const { describedPictures } = await import('../storage/described');
    this.#inRuns = await describedPictures(this.#runs.list);
  }
}
