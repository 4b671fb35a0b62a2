import type { ModelSpec } from '../models/spec';
import { addModels, knownModels, onModelsChange } from '../models/registry';
import { weightsNotWanted } from '../storage/forget';
import type { StoredModel } from '../storage/stored-models';
import type { RunsState } from './runs.svelte';

/** The models that can be chosen: those that come with the app, and those of the Hub that somebody has fetched. */
export class ModelsState {
  readonly #runs: RunsState;
  #known = $state.raw(knownModels());
  #notWanted = $state.raw<readonly string[]>([]);
  #stored = $state.raw<readonly StoredModel[] | null>(null);

  constructor(runs: RunsState) {
    this.#runs = runs;
    onModelsChange(() => (this.#known = knownModels()));
  }

  /** What was deleted is known still, for the runs that name it, but can't be chosen. */
  readonly list: readonly ModelSpec[] = $derived.by(() =>
    this.#known.filter(
      ({ id, source }) =>
        source.kind === 'page' || !(this.#notWanted.includes(id) || this.#leaving.includes(id)),
    ),
  );
  /** Deleted, with an undo that stands still. */
  readonly #leaving: readonly string[] = $derived.by(() =>
    this.#runs.forgotten.flatMap((one) => (one.kind === 'weights' ? [one.modelId] : [])),
  );
  readonly vision: readonly ModelSpec[] = $derived.by(() =>
    this.list.filter(({ role }) => role === 'vision'),
  );
  /** Judges, and models that see and can judge too. */
  readonly judges: readonly ModelSpec[] = $derived.by(() =>
    this.list.filter(({ role, alsoJudges }) => role === 'judge' || alsoJudges === true),
  );

  /** What the store has of each model; null before it was read. */
  get stored(): readonly StoredModel[] | null {
    return this.#stored;
  }

  /** Bytes of a model that are not here yet; null before the store was read. */
  missingBytes({ id, revision, files }: ModelSpec): number | null {
    if (this.#stored === null) return null;
    const here = this.#leaving.includes(id)
      ? undefined
      : this.#stored.find((one) => one.modelId === id && one.revision === revision);
    const missing = files.filter(({ path }) => here?.files.has(path) !== true);
    const bytes = missing.reduce((sum, file) => sum + file.bytes, 0);
    return Math.max(0, bytes - (missing.length === 0 ? 0 : (here?.partBytes ?? 0)));
  }

  /** Makes the models known that were fetched on earlier visits. @throws AppError */
  async load(): Promise<void> {
    const { savedModelSpecs } = await import('../storage/models');
    addModels(await savedModelSpecs());
    await this.refresh();
  }

  /** As `refresh`, where nobody is there to be told that it failed. */
  async look(): Promise<void> {
    await this.refresh().catch(() => undefined);
  }

  /** Reads what is stored, and what is not wanted any more. @throws AppError */
  async refresh(): Promise<void> {
    this.#notWanted = await weightsNotWanted();
    const { storedModels } = await import('../storage/stored-models');
    this.#stored = await storedModels();
  }
}
