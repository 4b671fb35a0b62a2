import { SvelteMap } from 'svelte/reactivity';
import { toErrorData, type ErrorData } from '../core/errors';
import { modelRepository } from '../core/hub/repository';
import { recommend, recommendedRoom, type Candidate } from '../core/recommend';
import type { Weights } from '../engine/weights';
import { CATALOGUE, catalogued } from '../models/catalogue';
import { chosenPlan, type ChosenPlan } from '../models/chosen-plan';
import type { HubModel } from '../models/hub-model';
import type { Choice } from '../models/precisions';
import { modelBytes, type ModelSpec } from '../models/spec';
import type { DeviceState } from './device.svelte';
import { Downloads } from './downloads.svelte';
import type { HubAccessState } from './hub-access.svelte';
import { Lookups, type LookUp } from './lookups.svelte';
import type { ModelsState } from './models.svelte';
import type { SettingsState } from './settings.svelte';
import type { SetupState } from './setup.svelte';
import { deviceKind, fitOf } from './variants';
import type { Fit } from '../core/device-fit';

export interface ShelfDependencies {
  readonly weights: Pick<Weights, 'lookUp' | 'download' | 'whoAmI'>;
  readonly access: HubAccessState;
  readonly models: ModelsState;
  readonly settings: SettingsState;
  readonly setup: SetupState;
  readonly device: DeviceState;
  readonly onChange: () => void;
}

/** A model of the Hub as the models screen shows it. */
export interface ShelfRow {
  readonly repository: string;
  readonly name: string;
  readonly summary: string;
  readonly roles: HubModel['roles'];
  /** Its entry of the catalogue, where it has one. */
  readonly entry: HubModel | undefined;
  readonly lookUp: LookUp | undefined;
  /** What would be fetched; null before the Hub has answered. */
  readonly plan: ChosenPlan | null;
  /** What was fetched, or is under way. */
  readonly saved: ModelSpec | undefined;
  /** What there is to know sizes of: what was fetched, else what would be. */
  readonly spec: ModelSpec | undefined;
  readonly fit: Fit | undefined;
  /** Every file is here. */
  readonly isHere: boolean;
  /** Bytes in the store, also of other precisions. */
  readonly storedBytes: number;
}

/** The full-size models: what there is, what fits, what was fetched. Made when somebody opens the models screen. */
export class Shelf {
  readonly #deps: ShelfDependencies;
  readonly lookups: Lookups;
  readonly downloads: Downloads;
  /** Precision by repository, where one was chosen for it. */
  readonly #choices = new SvelteMap<string, Choice>();
  /** Repositories that were pasted, newest first; those that are fetched are known anyway. */
  #pasted = $state.raw<readonly string[]>([]);

  constructor(deps: ShelfDependencies) {
    this.#deps = deps;
    this.lookups = new Lookups(deps.weights);
    this.downloads = new Downloads(deps);
  }

  readonly rows: readonly ShelfRow[] = $derived.by(() => {
    const others = [...this.#pasted, ...this.#fetched].filter(
      (repository) => catalogued(repository) === undefined,
    );
    const repositories = [...new Set(others), ...CATALOGUE.map(({ repository }) => repository)];
    return repositories.map((repository) => this.#row(repository));
  });

  readonly #fetched: readonly string[] = $derived.by(() =>
    this.#deps.models.list.flatMap(({ source }) =>
      source.kind === 'hub' ? [source.repository] : [],
    ),
  );

  choice(repository: string): Choice {
    return this.#choices.get(repository) ?? this.#deps.settings.value.precision;
  }

  choose(repository: string, choice: Choice): void {
    this.#choices.set(repository, choice);
  }

  /** Asks the Hub about every model of the list that is not known yet. */
  async lookUpAll(): Promise<void> {
    await this.lookups.askAll(this.rows.map((row) => this.#asked(row)));
  }

  async lookUp(row: ShelfRow): Promise<void> {
    await this.lookups.ask(this.#asked(row));
  }

  /**
   * Puts a repository on the list, from an id or an address.
   * @returns why it can't be; null where it can
   */
  paste(text: string): ErrorData | 'not-allowed' | null {
    const { access, settings } = this.#deps;
    try {
      const { id, revision } = modelRepository(text, access.value.endpoint);
      const entry = catalogued(id);
      if (entry === undefined && !settings.value.allowsAnyRepository) return 'not-allowed';
      const repository = entry?.repository ?? id;
      this.#pasted = [repository, ...this.#pasted.filter((other) => other !== repository)];
      void this.lookups.ask(revision === undefined ? { repository } : { repository, revision });
      return null;
    } catch (error) {
      return toErrorData(error);
    }
  }

  /** The name of the account that the token is of. @throws AppError `token-refused`, and as for a look-up */
  async tokenOwner(): Promise<string> {
    return (await this.#deps.weights.whoAmI()).name;
  }

  /** Takes a repository that was pasted off the list again. */
  drop(repository: string): void {
    this.#pasted = this.#pasted.filter((other) => other !== repository);
  }

  /** Fetches what was planned, or goes on with it; the runs to come use it. */
  async get(row: ShelfRow): Promise<void> {
    const spec = row.plan?.spec ?? row.saved;
    if (spec === undefined) return;
    const done = this.downloads.start(spec);
    this.use(spec);
    await done;
  }

  /** Chooses a model for the runs to come, as what it is. */
  use({ id, role }: ModelSpec): void {
    const { setup } = this.#deps;
    if (role === 'judge') setup.chooseJudge(id);
    else setup.addModel(id);
  }

  /** What suits this device, once the Hub has told the sizes. Null before any are known. */
  readonly recommended: readonly ShelfRow[] | null = $derived.by(() => {
    const { device } = this.#deps;
    const { limits } = device;
    const known = this.rows.filter(({ entry, spec }) => entry !== undefined && spec !== undefined);
    if (limits === null || known.length === 0) return null;
    const candidates = known.flatMap((row) => this.#candidates(row));
    const { visionIds, judgeId } = recommend(candidates, recommendedRoom(this.#where, limits));
    const of = (id: string) => known.filter(({ repository }) => repository === id);
    return [...visionIds, ...(judgeId === null ? [] : [judgeId])].flatMap(of);
  });

  /** Fetches the recommended models, and uses them and nothing else. */
  async getRecommended(): Promise<void> {
    const { setup } = this.#deps;
    const rows = this.recommended ?? [];
    const specs = rows.flatMap(({ plan, saved }) => plan?.spec ?? saved ?? []);
    const downloads = specs.map((spec) => this.downloads.start(spec));
    setup.chooseModels(specs.filter(({ role }) => role === 'vision').map(({ id }) => id));
    const judge = specs.find(({ role }) => role === 'judge');
    if (judge !== undefined) setup.chooseJudge(judge.id);
    await Promise.all(downloads);
  }

  get #where() {
    const { device, settings } = this.#deps;
    return device.plan(settings.value.device, 1, 1).device;
  }

  /** What was fetched stays at its commit. */
  #asked({ repository, saved }: ShelfRow) {
    return saved === undefined ? { repository } : { repository, revision: saved.revision };
  }

  #row(repository: string): ShelfRow {
    const { models, device } = this.#deps;
    const entry = catalogued(repository);
    const lookUp = this.lookups.of(repository);
    const report = lookUp?.kind === 'known' ? lookUp.report : undefined;
    const kind = deviceKind(this.#where, device.limits);
    const plan =
      report === undefined ? null : chosenPlan(report, kind, this.choice(repository), entry);
    const saved = models.list.find(
      ({ id, source }) =>
        id === report?.repository || (source.kind === 'hub' && source.repository === repository),
    );
    const spec = plan?.spec ?? saved;
    const storedBytes = (models.stored ?? [])
      .filter(({ modelId }) => modelId === (saved?.id ?? repository))
      .reduce((sum, { fileBytes, partBytes }) => sum + fileBytes + partBytes, 0);
    return {
      repository,
      name: entry?.name ?? spec?.name ?? repository,
      summary: entry?.summary ?? spec?.summary ?? '',
      roles: entry?.roles ?? rolesOf(spec),
      entry,
      lookUp,
      plan,
      saved,
      spec,
      fit: spec === undefined ? undefined : fitOf(spec, this.#where, device.limits),
      isHere: spec !== undefined && models.missingBytes(spec) === 0,
      storedBytes,
    };
  }

  #candidates({ repository, entry, spec, fit }: ShelfRow): Candidate[] {
    if (entry === undefined || spec === undefined || fit === undefined) return [];
    const { family, goodAt, onlyReads } = entry;
    // It has nothing to say of most pictures.
    if (onlyReads === true) return [];
    const common = { id: repository, family, bytes: modelBytes(spec), fit, goodAt };
    // A model that sees and could judge is recommended for what it is best at.
    return [{ ...common, role: spec.role }];
  }
}

function rolesOf(spec: ModelSpec | undefined): HubModel['roles'] {
  if (spec === undefined) return [];
  return spec.role === 'judge'
    ? ['judge']
    : spec.alsoJudges === true
      ? ['vision', 'judge']
      : ['vision'];
}
