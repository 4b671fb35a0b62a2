import { createContext } from 'svelte';
import type { EnginePorts } from './model-work.svelte';
import type { Run } from '../core/run';
import { formatBytes } from '../core/bytes';
import { AppError, toErrorData } from '../core/errors';
import type { ImageItem } from '../core/image';
import type { ReadArchive } from '../sources/archives';
import type { ReadImage } from '../sources/image-bytes';
import { AccessState } from './access.svelte';
import type { Inspect } from './adding.svelte';
import { isStorageInMemory } from '../storage/db';
import type { DatasetChooser, DatasetReading } from './dataset-chooser.svelte';
import { DescribedState } from './described.svelte';
import { DeviceState } from './device.svelte';
import { ExportState } from './export.svelte';
import { ForgetState } from './forget.svelte';
import { HubAccessState } from './hub-access.svelte';
import { modelName } from '../models/registry';
import { restartText } from './restart-text';
import { Incoming } from './incoming';
import { ImagesState } from './images.svelte';
import { readingAnywhere } from './reading-anywhere';
import { ModelsState } from './models.svelte';
import { Notices, STAYS } from './notices.svelte';
import { RunState } from './run.svelte';
import { RunsState } from './runs.svelte';
import { SelfTestsState } from './self-tests.svelte';
import { SettingsState } from './settings.svelte';
import { SetupState } from './setup.svelte';
import type { Shelf, ShelfDependencies } from './shelf.svelte';
import { StorageState } from './storage.svelte';
import { whenIdle } from './slices';
import { Tabs, type TabNews } from './tabs';
import { ViewState } from './view.svelte';
import { WaysOutState } from './ways-out.svelte';

/** What of the world outside the page does the work. */
interface WorldPorts {
  readonly weights: ShelfDependencies['weights'];
  readonly access: HubAccessState;
  readonly archives?: ReadArchive;
  readonly datasets?: () => Promise<DatasetReading>;
  readonly stopBackground?: () => void;
}

/** All state of the page, built once in `main.ts` and handed down by context. */
export class AppState {
  readonly notices = new Notices();
  readonly view = new ViewState();
  readonly device = new DeviceState();
  readonly exporting = new ExportState(this.notices);
  readonly settings: SettingsState;
  readonly images: ImagesState;
  readonly access = new AccessState(() => [
    ...this.images.items,
    ...(this.run.board?.run.images ?? []),
  ]);
  readonly archives: ReadArchive;
  readonly incoming: Incoming;
  readonly described: DescribedState;
  readonly setup: SetupState;
  readonly run: RunState;
  readonly waysOut: WaysOutState;
  readonly selfTests: SelfTestsState;
  readonly runs = new RunsState();
  readonly forget: ForgetState;
  readonly storage: StorageState;
  readonly models: ModelsState;
  readonly hubAccess: HubAccessState;
  /** A picture from where it is, in a form that an `<img>` shows upright. @throws AppError */
  readonly readImage: ReadImage;
  readonly #weights: ShelfDependencies['weights'];
  readonly #datasets: () => Promise<DatasetReading>;
  readonly #onChange: () => void;
  /** What the gallery leaves out and in which order it shows the rest; null before there was anything to filter. */
  filter = $state.raw<{ readonly shown: readonly ImageItem[]; readonly isActive: boolean } | null>(
    null,
  );
  readonly #tabs = new Tabs((news) => void this.#hear(news));
  #isOpen = $state(false);
  #onOpened: () => void = () => undefined;
  /** When what was kept has been read: what is added before would be lost in it. */
  readonly opened = new Promise<void>((resolve) => (this.#onOpened = resolve));
  #shelf = $state.raw<Shelf | null>(null);
  #chooser: DatasetChooser | undefined;

  constructor(
    given: EnginePorts,
    inspect: Inspect,
    {
      weights,
      access,
      archives = NO_ARCHIVES,
      datasets = () => Promise.reject(new AppError('unknown', 'no datasets')),
      stopBackground = () => undefined,
    }: WorldPorts,
  ) {
    this.hubAccess = access;
    this.archives = archives;
    this.readImage = readingAnywhere(given.imageBlob, this);
    this.#datasets = datasets;
    this.#weights = weights;
    this.settings = new SettingsState(({ code }) => {
      this.notices.show({ text: `Your settings could not be saved (${code}).`, tone: 'error' });
    });
    this.images = new ImagesState(inspect, this.notices, (sha256) => this.runs.has(sha256));
    this.described = new DescribedState(this.settings, this.images, this.runs);
    this.models = new ModelsState(this.runs);
    this.setup = new SetupState(this);
    this.incoming = new Incoming(this);
    const { device, settings, setup, images, runs } = this;
    this.selfTests = new SelfTestsState({ ports: this.#lookingAgain(given), device, settings });
    this.run = new RunState({
      ports: this.selfTests.ports,
      settings,
      setup,
      images,
      runs,
      device,
      onEdit: (runId, imageId) => this.#tabs.tell({ kind: 'edited', runId, imageId }),
      onRestart: (modelId, error) => {
        const text = restartText(modelName(modelId), error);
        this.notices.show({ text, tone: 'info' });
      },
    });
    this.waysOut = new WaysOutState(this.run, this.device, this.notices);
    const { notices, run, view } = this;
    const onChange = () => {
      this.#tabs.tell('changed');
      void this.device.refreshStorage();
      if (this.storage.usage !== null) void this.storage.measure();
      void this.models.look();
    };
    this.#onChange = onChange;
    this.forget = new ForgetState({ notices, runs, images, run, view, onChange });
    this.storage = new StorageState({
      images,
      runs,
      stopBackground,
      onEmptied: () => this.#tabs.tell('emptied'),
    });
  }

  /** When weights have come, what is to be downloaded is looked at again. */
  #lookingAgain(given: EnginePorts): EnginePorts {
    return {
      ...given,
      imageBlob: this.readImage,
      ensureWeights: async (spec, ...rest) => {
        await given.ensureWeights(spec, ...rest);
        if (this.models.missingBytes(spec) !== 0) await this.models.look();
      },
    };
  }

  /** True when what was kept has been read: before, nothing is known to be missing. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The pictures on screen: those of a run while it works, and those of the set-up. */
  readonly shownImages: readonly ImageItem[] = $derived.by(() => {
    const { items } = this.images;
    const { board, isActive } = this.run;
    if (board === null || !isActive) return items;
    const inRun = new Set(board.run.images.map(({ id }) => id));
    return [...board.run.images, ...items.filter(({ id }) => !inRun.has(id))];
  });

  /** The pictures that fit the gallery's filter, in its order: the way from one to the next. */
  get galleryImages(): readonly ImageItem[] {
    return this.filter?.shown ?? this.shownImages;
  }

  /** Reads what was kept; on the first visit the samples are put in. */
  async open(): Promise<void> {
    const probing = this.device.probe();
    let goOn: () => Promise<void> = () => Promise.resolve();
    try {
      await this.settings.load();
      await this.hubAccess.load();
      await this.images.load();
      await this.runs.load();
      await this.models.load();
      if (!this.settings.value.welcomed) {
        await this.incoming.addSamples('initial');
        this.settings.change({ welcomed: true });
      }
      await this.access.look();
      // Before anything is shown, or the page would look as if there were no run, and then jump. Where its pictures may not be read
      // yet it waits for that, instead of failing at each.
      goOn = await this.run.reopen(({ images }) => !this.access.isLocked(images));
      await this.access.look();
      // As after a start: the set-up stays folded when the run ends, the pictures stay where they are.
      if (this.run.isActive) this.view.closeSetup();
    } catch (error) {
      const text = `What was kept could not be read (${toErrorData(error).code}). You can work, but nothing may be kept.`;
      this.notices.show({ text, tone: 'error' });
    } finally {
      this.#isOpen = true;
      this.#onOpened();
    }
    if (isStorageInMemory()) {
      const text =
        'This browser lets the site keep nothing: pictures, results and models are in memory, and gone when the page is closed. Allow site data, or open the page by itself, to keep them.';
      this.notices.show({ text, tone: 'info' }, { stayMs: STAYS });
    }
    await probing;
    if (this.settings.value.downloads.length > 0) (await this.openShelf()).downloads.resume();
    await this.selfTests.load([...this.setup.visionModels, ...this.setup.judgeModels]);
    await goOn();
    this.forget.open();
    // Nobody waits for it: with many results it takes its time.
    void this.#tabs.whenAlone(async () => {
      await whenIdle();
      await this.forget.sweep();
    });
  }

  /** The full-size models; null until somebody has asked for them. */
  get shelf(): Shelf | null {
    return this.#shelf;
  }

  async openShelf(): Promise<Shelf> {
    const { Shelf } = await import('./shelf.svelte');
    const { models, settings, setup, device, hubAccess: access } = this;
    const deps = { weights: this.#weights, access, models, settings, setup, device };
    this.#shelf ??= new Shelf({ ...deps, onChange: this.#onChange });
    return this.#shelf;
  }

  /** What chooses pictures of datasets: it stays as it was left. */
  async openChooser(): Promise<DatasetChooser> {
    const { DatasetChooser } = await import('./dataset-chooser.svelte');
    const { hubAccess: access, images, view } = this;
    const reading = await this.#datasets();
    this.#chooser ??= new DatasetChooser({ reading, access, adding: images.adding, view });
    return this.#chooser;
  }

  /** Says what was freed when everything was forgotten just before. */
  sayFreed(bytes: number): void {
    const text = `Everything was forgotten: ${formatBytes(bytes)} are free again. The app stands as on a first visit.`;
    this.notices.show({ text, tone: 'info' });
  }

  /** Another tab has forgotten something, brought it back, or changed a caption. */
  async #hear(news: TabNews): Promise<void> {
    if (news === 'emptied') {
      location.reload();
      return;
    }
    if (news !== 'changed') {
      const { board: shown } = this.run;
      if (shown?.run.id === news.runId) await shown.reread(news.imageId);
      return;
    }
    await this.runs.load();
    await this.images.load();
    await this.models.load();
    const { board } = this.run;
    if (board === null || this.forget.isBusy) return;
    const now = this.runs.list.find(({ id }) => id === board.run.id);
    if (now === undefined) this.run.close();
    else if (now.images.length !== board.run.images.length) await this.run.open(now);
  }

  /** Shows a kept run with its pictures and choices. */
  async openRun(run: Run): Promise<void> {
    if (this.run.isActive) return;
    this.view.closeImage();
    this.setup.chooseAs(run);
    this.images.replaceWith(run.images);
    await this.run.open(run);
  }

  /** The pictures and choices of a kept run, to be changed before they make a new one. */
  duplicateRun(run: Run): void {
    if (this.run.isActive) return;
    this.view.closeImage();
    this.setup.chooseAs(run);
    // Its pictures are wanted again.
    this.described.skip(false);
    this.images.replaceWith(run.images);
    this.run.close();
    this.view.openSetup();
    const text = `Set up like “${run.name}”. Change what you like, then press Run; “${run.name}” stays as it is.`;
    this.notices.show({ text, tone: 'info' });
  }

  /** Puts the shown run away: the pictures and choices stay for the next one. */
  newRun(): void {
    if (this.run.isActive) return;
    this.view.closeImage();
    this.run.close();
    this.view.openSetup();
  }

  /** A newer version of the app is there: it comes when the user wants it, a run that works goes on after it. */
  offerUpdate(apply: () => void): void {
    const text = 'A new version is ready. A run that is going on continues after the reload.';
    this.notices.show(
      { text, tone: 'info', action: { label: 'Reload', run: apply } },
      { stayMs: STAYS },
    );
  }

  /** Asks for a folder or a ZIP; a run that waited for it goes on. To be called from a press. */
  async allowAccess(handleId: string): Promise<void> {
    await this.access.allow(handleId);
    const { board, phase } = this.run;
    const isWaiting = phase.kind === 'stopped' && this.settings.value.runGoing;
    if (board !== null && isWaiting && !this.access.isLocked(board.run.images))
      await this.run.continue();
  }

  /** Goes on with a stopped run; folders and ZIPs may have to be allowed again. To be called from a press. */
  async continueRun(): Promise<void> {
    await this.access.allowFor(this.run.board?.run.images ?? []);
    await this.run.continue();
  }

  async retryFailed(): Promise<void> {
    await this.access.allowFor(this.run.board?.run.images ?? []);
    await this.run.retryFailed();
  }

  /** Starts a run and gives its results the room. */
  async describe(): Promise<void> {
    await this.makeRoom();
    await this.run.start();
  }

  /** What was opened beside the pictures gives way to what is found of them. */
  async makeRoom(): Promise<void> {
    await this.access.allowFor(this.setup.chosenImages);
    this.view.closeModels();
    this.view.closeDatasets();
    this.view.closeSetup();
  }
}

const NO_ARCHIVES: ReadArchive = {
  list: () => Promise.reject(new AppError('archive-unreadable')),
  read: () => Promise.reject(new AppError('source-gone')),
};

const [useApp, provideApp] = createContext<AppState>();
export { provideApp, useApp };
