import type {
  DatasetColumn,
  DatasetPart,
  DatasetReport,
  PartRef,
  PartReport,
  PictureBytes,
} from '../core/datasets';
import { AppError, isAbort, toErrorData, type ErrorData } from '../core/errors';
import {
  firstRowOf,
  parseDatasetAddress,
  VIEWER_PAGE_ROWS,
  type DatasetAddress,
} from '../core/hub/dataset-address';
import { PARQUET_REVISION } from '../core/hub/dataset-urls';
import { likelyCaption } from '../core/hub/features';
import { chosenCount, type RowChoice } from '../core/hub/row-choice';
import type { Datasets } from '../engine/datasets';
import { datasetCandidates, type DatasetChoice } from '../sources/hf-dataset';
import type { AddingState } from './adding.svelte';
import { DatasetPreview } from './dataset-preview.svelte';
import type { HubAccessState } from './hub-access.svelte';
import type { ViewState } from './view.svelte';

export type DatasetReading = Pick<
  Datasets,
  'lookUp' | 'openPart' | 'pictures' | 'search' | 'cost' | 'picture'
>;

interface Dependencies {
  readonly reading: DatasetReading;
  readonly access: Pick<HubAccessState, 'saved'>;
  readonly adding: Pick<AddingState, 'add'>;
  readonly view: Pick<ViewState, 'closeDatasets'>;
}

/** What was asked for, and what came of it. */
export type Asked =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly error: ErrorData }
  | { readonly kind: 'known'; readonly report: DatasetReport };

/** The part that is chosen. */
export type Opened =
  | { readonly kind: 'opening' }
  | { readonly kind: 'failed'; readonly error: ErrorData }
  | { readonly kind: 'open'; readonly report: PartReport };

export type RowMode = RowChoice['kind'];

/** Rows to begin with: enough to see what a dataset is like. */
const FIRST_ROWS = 20;
const MOST_FOUND = 1000;

/** Chooses pictures of a dataset. Stays as it was left while the page lives. */
export class DatasetChooser {
  readonly preview: DatasetPreview;
  readonly #deps: Dependencies;
  /** What is typed. */
  text = $state('');
  #asked = $state.raw<Asked>({ kind: 'nothing' });
  #opened = $state.raw<Opened>({ kind: 'opening' });
  #config = $state('');
  #split = $state('');
  imageColumn = $state('');
  /** null: no captions. */
  captionColumn = $state<string | null>(null);
  bytes = $state<PictureBytes>('copies');
  mode = $state<RowMode>('range');
  /** Numbers as the viewer counts rows: from 0; `last` is inclusive. */
  first = $state(0);
  last = $state(FIRST_ROWS - 1);
  every = $state(1);
  count = $state(FIRST_ROWS);
  seed = $state(1);
  query = $state('');
  most = $state(FIRST_ROWS);
  #stop = new AbortController();

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.preview = new DatasetPreview(deps.reading);
  }

  get asked(): Asked {
    return this.#asked;
  }

  get opened(): Opened {
    return this.#opened;
  }

  get report(): DatasetReport | null {
    return this.#asked.kind === 'known' ? this.#asked.report : null;
  }

  get config(): string {
    return this.#config;
  }

  get split(): string {
    return this.#split;
  }

  readonly configs: readonly string[] = $derived.by(() => [
    ...new Set(this.report?.parts.map(({ config }) => config)),
  ]);

  readonly parts: readonly DatasetPart[] = $derived.by(
    () => this.report?.parts.filter(({ config }) => config === this.#config) ?? [],
  );

  /** The route may be another one than the dataset's: the one that this part could be opened by. */
  readonly part: PartRef | null = $derived.by(() => {
    const { report } = this;
    if (report === null || this.#opened.kind !== 'open') return null;
    const { dataset, revision } = report;
    const { route } = this.#opened.report;
    return { dataset, revision, route, config: this.#config, split: this.#split };
  });

  readonly columns: readonly DatasetColumn[] = $derived.by(() =>
    this.#opened.kind === 'open' ? this.#opened.report.columns : [],
  );

  readonly imageColumns: readonly DatasetColumn[] = $derived.by(() =>
    this.columns.filter(({ kind }) => kind === 'image' || kind === 'images'),
  );

  readonly captionColumns: readonly DatasetColumn[] = $derived.by(() =>
    this.columns.filter(({ kind }) => kind === 'text' || kind === 'texts'),
  );

  /** Rows of the part; null where nobody knows. */
  readonly total: number | null = $derived.by(() => {
    if (this.#opened.kind !== 'open') return null;
    const known = this.parts.find(({ split }) => split === this.#split)?.rows ?? null;
    return this.#opened.report.rows ?? known;
  });

  /** Only the viewer has copies. */
  readonly hasCopies: boolean = $derived.by(
    () => this.part?.route === 'viewer' || this.part?.route === 'preview',
  );

  readonly canSearch: boolean = $derived.by(
    () => this.report?.canSearch === true && this.part?.route === 'viewer',
  );

  /** What would be added; null while something is missing. */
  readonly choice: DatasetChoice | null = $derived.by(() => {
    const { part } = this;
    if (part === null) return null;
    const columns = {
      image: this.imageColumn,
      caption: this.captionColumn,
      bytes: this.hasCopies ? this.bytes : 'originals',
    } as const;
    const rows = this.#rows();
    return rows === null ? null : { part, columns, rows, total: this.total ?? Infinity };
  });

  /** Rows that are chosen; for a search those that were found, null before it is known. */
  readonly chosen: number | null = $derived.by(() => {
    const { choice } = this;
    if (choice === null) return null;
    if (choice.rows.kind !== 'search') return chosenCount(choice.rows, choice.total);
    const { found } = this.preview;
    return found === null ? null : Math.min(found, choice.rows.most);
  });

  /** Looks up what was typed, or this. */
  async lookUp(text = this.text): Promise<void> {
    this.text = text;
    const signal = this.#restart();
    this.#asked = { kind: 'asking' };
    try {
      const address = this.#addressOf(text);
      const asked = questionOf(address);
      const report = await this.#deps.reading.lookUp(asked, signal);
      this.#asked = { kind: 'known', report };
      this.#chooseFrom(address, report);
      await this.#open(signal);
    } catch (error) {
      if (isAbort(error)) {
        if (!signal.aborted) this.#asked = { kind: 'nothing' };
      } else this.#asked = { kind: 'failed', error: toErrorData(error) };
    }
  }

  /** Again, with another token say. */
  async again(): Promise<void> {
    if (this.text.trim() !== '') await this.lookUp();
  }

  async chooseConfig(config: string): Promise<void> {
    const split = this.report?.parts.find((part) => part.config === config)?.split ?? '';
    await this.#choose(config, split);
  }

  async chooseSplit(split: string): Promise<void> {
    await this.#choose(this.#config, split);
  }

  /** Adds what is chosen; the pictures come to the gallery one after the other. */
  add(): void {
    const { choice } = this;
    if (choice === null) return;
    const { part } = choice;
    this.#deps.view.closeDatasets();
    void this.#deps.adding.add(
      datasetCandidates(choice, this.#deps.reading),
      [part.dataset, part.split].filter((name) => name !== '').join(', '),
    );
  }

  /** Ends what is asked for: the screen was left. */
  leave(): void {
    this.#restart();
    if (this.#asked.kind === 'asking') this.#asked = { kind: 'nothing' };
    this.preview.clear();
  }

  #rows(): RowChoice | null {
    switch (this.mode) {
      case 'range':
        return { kind: 'range', first: this.first, last: this.last, every: this.every };
      case 'random':
        return this.total === null ? null : { kind: 'random', count: this.count, seed: this.seed };
      case 'search': {
        const query = this.query.trim();
        const most = Math.min(this.most, MOST_FOUND);
        return query === '' ? null : { kind: 'search', query, most };
      }
    }
  }

  #restart(): AbortSignal {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.preview.clear();
    return this.#stop.signal;
  }

  async #choose(config: string, split: string): Promise<void> {
    const signal = this.#restart();
    this.#config = config;
    this.#split = split;
    this.#fitRows();
    await this.#open(signal);
  }

  #addressOf(text: string): DatasetAddress {
    const pasted = parseDatasetAddress(text, this.#deps.access.saved.endpoint);
    if (pasted.kind === 'dataset') return pasted;
    if (pasted.kind === 'nothing') throw new AppError('dataset-name-unreadable', text.trim());
    throw new AppError('dataset-not-a-dataset', `${pasted.kind} ${pasted.id}`);
  }

  /** What the address leads to, where the dataset has it; else what comes first. */
  #chooseFrom(address: DatasetAddress, { parts }: DatasetReport): void {
    const { config, split } = partNamed(address);
    const part =
      parts.find((each) => each.config === config && each.split === split) ??
      parts.find((each) => each.config === config || each.split === split) ??
      parts[0];
    this.#config = part?.config ?? '';
    this.#split = part?.split ?? '';
    this.mode = 'range';
    this.every = 1;
    this.first = firstRowOf(address);
    const rows =
      address.row !== undefined ? 1 : address.page !== undefined ? VIEWER_PAGE_ROWS : FIRST_ROWS;
    this.last = this.first + rows - 1;
    this.query = address.search ?? '';
    if (address.search !== undefined) this.mode = 'search';
  }

  async #open(signal: AbortSignal): Promise<void> {
    const { report } = this;
    if (report === null) return;
    const { dataset, revision, route } = report;
    this.#opened = { kind: 'opening' };
    try {
      const asked = { dataset, revision, route, config: this.#config, split: this.#split };
      const opened = await this.#deps.reading.openPart(asked, signal);
      this.#opened = { kind: 'open', report: opened };
      this.imageColumn = this.imageColumns[0]?.name ?? '';
      this.captionColumn = likelyCaption(opened.columns);
      if (!this.canSearch && this.mode === 'search') this.mode = 'range';
      this.#fitRows();
    } catch (error) {
      if (isAbort(error)) return;
      this.#opened = { kind: 'failed', error: toErrorData(error) };
    }
  }

  /** Rows that a shorter split does not have are not asked for. */
  #fitRows(): void {
    const { total } = this;
    if (total === null || total === 0) return;
    if (this.first >= total) this.first = 0;
    this.last = Math.min(Math.max(this.last, this.first), total - 1);
    this.count = Math.min(this.count, total);
  }
}

/** The Hub's parquet files are not looked for in the repository: they are what the dataset has now. */
function questionOf({
  dataset,
  revision,
  path,
}: DatasetAddress): Parameters<Datasets['lookUp']>[0] {
  if (revision === PARQUET_REVISION) return { dataset };
  return {
    dataset,
    ...(revision === undefined ? {} : { revision }),
    ...(path === undefined ? {} : { path }),
  };
}

function partNamed(address: DatasetAddress): Pick<DatasetAddress, 'config' | 'split'> {
  if (address.revision !== PARQUET_REVISION) return address;
  const [config, split] = address.path?.split('/') ?? [];
  return {
    ...(config === undefined ? {} : { config }),
    ...(split === undefined ? {} : { split: split.replace(/^partial-/u, '') }),
  };
}
