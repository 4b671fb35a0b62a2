import { createContext } from 'svelte';
import type { EnginePorts } from './model-work.svelte';
import type { Run } from '../core/run';
import { toErrorData } from '../core/errors';
import type { ImageItem } from '../core/image';
import type { InspectedImage } from '../core/protocol';
import { droppedFiles } from '../sources/dropped';
import { AgainState } from './again.svelte';
import { DescribedState } from './described.svelte';
import { DeviceState } from './device.svelte';
import { ExportState } from './export.svelte';
import { ImagesState } from './images.svelte';
import { Notices, STAYS } from './notices.svelte';
import { RunState } from './run.svelte';
import { RunsState } from './runs.svelte';
import { SettingsState } from './settings.svelte';
import { SetupState } from './setup.svelte';
import { ViewState } from './view.svelte';

/** All state of the page, built once in `main.ts` and handed down by context. */
export class AppState {
  readonly notices = new Notices();
  readonly view = new ViewState();
  readonly device = new DeviceState();
  readonly exporting = new ExportState(this.notices);
  readonly settings: SettingsState;
  readonly images: ImagesState;
  readonly described: DescribedState;
  readonly setup: SetupState;
  readonly run: RunState;
  readonly runs: RunsState;
  readonly again: AgainState;
  #isOpen = $state(false);

  constructor(ports: EnginePorts, inspect: (blob: Blob) => Promise<InspectedImage>) {
    this.settings = new SettingsState(({ code }) => {
      this.notices.show({ text: `Your settings could not be saved (${code}).`, tone: 'error' });
    });
    this.runs = new RunsState(this.notices, () =>
      this.images.pending > 0 ? null : this.images.items.map(({ sha256 }) => sha256),
    );
    this.images = new ImagesState(inspect, this.notices, (sha256) => this.runs.has(sha256));
    this.described = new DescribedState(this.settings, this.images, this.runs);
    this.setup = new SetupState(this.settings, this.images, this.notices, this.described);
    this.run = new RunState({
      ports,
      settings: this.settings,
      setup: this.setup,
      images: this.images,
      runs: this.runs,
      device: this.device,
    });
    this.again = new AgainState(this.run, this.notices);
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

  /** Reads what was kept; on the first visit the samples are put in. */
  async open(): Promise<void> {
    const probing = this.device.probe();
    try {
      await this.settings.load();
      await this.images.load();
      await this.runs.load();
      if (!this.settings.value.welcomed) {
        await this.addSamples('initial');
        this.settings.change({ welcomed: true });
      }
    } catch (error) {
      const text = `What was kept could not be read (${toErrorData(error).code}). You can work, but nothing may be kept.`;
      this.notices.show({ text, tone: 'error' });
    } finally {
      this.#isOpen = true;
    }
    await probing;
    await this.run.restore();
  }

  /** Adds the samples; where they can't be fetched, a notice says so. */
  async addSamples(which: 'initial' | 'all'): Promise<void> {
    try {
      await this.images.addSamples(which);
    } catch {
      this.notices.show({
        text: 'The samples could not be fetched. Check the connection.',
        tone: 'error',
        action: { label: 'Try again', run: () => void this.addSamples(which) },
      });
    }
  }

  /** Adds the files of a drop or a paste. */
  async addDropped(data: DataTransfer): Promise<void> {
    try {
      await this.images.addFiles(await droppedFiles(data));
    } catch {
      this.notices.show({
        text: 'The browser could not read what was dropped. Use “Choose files” for it.',
        tone: 'error',
      });
    }
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
  }

  /** Puts the shown run away: the pictures and choices stay for the next one. */
  newRun(): void {
    if (this.run.isActive) return;
    this.view.closeImage();
    this.run.close();
    this.view.openSetup();
  }

  /** Deletes a kept run; undo brings it back. */
  deleteRun(run: Run): void {
    const isShown = this.run.board?.run.id === run.id;
    if (isShown && this.run.isActive) return;
    if (isShown) this.run.close();
    this.runs.remove(run);
  }

  /** Brings back the runs of a project file and says what came; those that are here already stay as they are. */
  async bringBack(file: File): Promise<void> {
    const restored = await this.exporting.bringBack(file);
    if (restored === undefined) return;
    const before = this.runs.list.length;
    await this.runs.load();
    const { length } = restored.runs;
    const known = length - (this.runs.list.length - before);
    const parts = [`${String(length)} ${length === 1 ? 'run' : 'runs'} read from “${file.name}”.`];
    if (known > 0)
      parts.push(`${String(known)} of them ${known === 1 ? 'was' : 'were'} here already.`);
    if (restored.unreadable > 0)
      parts.push(`${String(restored.unreadable)} parts could not be understood and were left out.`);
    this.notices.show({ text: parts.join(' '), tone: 'info' });
  }

  /** A newer version of the app is there: it comes when the user wants it, a run that works goes on after it. */
  offerUpdate(apply: () => void): void {
    const text = 'A new version is ready. A run that is going on continues after the reload.';
    this.notices.show(
      { text, tone: 'info', action: { label: 'Reload', run: apply } },
      { stayMs: STAYS },
    );
  }

  /** Starts the run and gives its results the room. */
  async describe(): Promise<void> {
    this.view.closeSetup();
    await this.run.start();
  }
}

const [useApp, provideApp] = createContext<AppState>();
export { provideApp, useApp };
