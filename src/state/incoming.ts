import { filePath } from '../core/image';
import { isArchiveName } from '../core/picture-names';
import type { ReadArchive } from '../sources/archives';
import { droppedItems, isProjectName } from '../sources/dropped';
import { UNDO_MS, STAYS, type Notices } from './notices.svelte';
import type { ExportState } from './export.svelte';
import type { AccessState } from './access.svelte';
import type { HubAccessState } from './hub-access.svelte';
import type { ImagesState } from './images.svelte';
import type { KeptHandle } from '../storage/handles';
import type { RunsState } from './runs.svelte';
import type { SetupState } from './setup.svelte';
import type { ViewState } from './view.svelte';

interface Parts {
  readonly archives: ReadArchive;
  readonly access: AccessState;
  readonly hubAccess: HubAccessState;
  readonly notices: Notices;
  readonly images: ImagesState;
  readonly exporting: ExportState;
  readonly runs: RunsState;
  readonly setup: SetupState;
  readonly view: ViewState;
}

/** What a person brings: pictures, samples, a run's manifest, a project file. */
export class Incoming {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Adds the samples; a notice says where they can't be fetched, or are all here. */
  async addSamples(which: 'initial' | 'all'): Promise<void> {
    const { images, notices } = this.#parts;
    try {
      const added = await images.addSamples(which);
      if (which === 'all' && added === 0)
        notices.show({ text: 'All samples are here already.', tone: 'info' });
    } catch {
      notices.show({
        text: 'The samples could not be fetched. Check the connection.',
        tone: 'error',
        action: { label: 'Try again', run: () => void this.addSamples(which) },
      });
    }
  }

  /** Takes files from a picker: pictures, ZIPs, runs' manifests, projects. */
  async addFiles(files: readonly File[]): Promise<void> {
    const pictures: File[] = [];
    const archives: File[] = [];
    for (const file of files) {
      if (isManifest(file)) await this.#loadManifest(file);
      else if (isProjectName(file.name)) await this.#bringBack(file);
      else if (isArchiveName(file.name) && filePath(file) === file.name) archives.push(file);
      else pictures.push(file);
    }
    const { addArchive, addPicked } = await import('./containers');
    await this.#parts.images.adding.together(async (signal) => {
      if (pictures.length > 0) await addPicked(this.#parts, pictures);
      for (const archive of archives) if (!signal.aborted) await addArchive(this.#parts, archive);
    });
  }

  /** Whether folders can be picked so that their pictures stay where they are. */
  readonly canPickFolders = pickFolder !== undefined && canKeepHandles();

  /** Lets the user pick a folder whose pictures stay where they are. */
  async chooseFolder(): Promise<void> {
    // Before anything is fetched: the browser wants the press that asks for it to be recent.
    const picked = pickFolder?.({ id: 'pictures', mode: 'read', startIn: 'pictures' });
    const folder = await picked?.catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') return undefined;
      throw error;
    });
    if (folder !== undefined) await this.addHandles([folder]);
  }

  /** Takes folders and ZIPs that stay where they are. */
  async addHandles(handles: readonly KeptHandle[]): Promise<void> {
    const { addKept } = await import('./containers');
    await this.#parts.images.adding.together(async (signal) => {
      for (const handle of handles) if (!signal.aborted) await addKept(this.#parts, handle);
    });
  }

  /** Takes runs' manifests, and project files whatever they are called. */
  async takeBack(files: readonly File[]): Promise<void> {
    for (const file of files)
      await (isManifest(file) ? this.#loadManifest(file) : this.#bringBack(file));
  }

  /**
   * Takes a text that was pasted, dropped or typed: addresses of pictures, or that of a dataset.
   * @returns whether it was anything; their pictures come one by one
   */
  async pastedText(text: string): Promise<boolean> {
    const { isDatasetAddress } = await import('../core/hub/dataset-address');
    const { view } = this.#parts;
    if (isDatasetAddress(text.trim(), this.#parts.hubAccess.value.endpoint)) {
      view.openDatasets(text.trim());
      return true;
    }
    const { addressesIn } = await import('../core/addresses');
    const addresses = addressesIn(text);
    if (addresses.length === 0) return false;
    const { addWeb } = await import('./containers');
    void addWeb(this.#parts, addresses);
    return true;
  }

  /** Takes what was dropped or pasted. */
  async addDropped(data: DataTransfer): Promise<void> {
    try {
      const { files, folders, archives } = await droppedItems(data, canKeepHandles());
      await this.#parts.images.adding.together(async (signal) => {
        await this.addHandles([...folders, ...archives]);
        if (!signal.aborted) await this.addFiles(files);
      });
    } catch {
      this.#parts.notices.show({
        text: 'The browser could not read what was dropped. Use “Choose files” for it.',
        tone: 'error',
      });
    }
  }

  /** Brings back the runs of a project file and says what came; those that are here already stay as they are. */
  async #bringBack(file: File): Promise<void> {
    const { exporting, runs, notices } = this.#parts;
    const restored = await exporting.bringBack(file);
    if (restored === undefined) return;
    const before = runs.list.length;
    await runs.load();
    const { length } = restored.runs;
    const known = length - (runs.list.length - before);
    const parts = [`${String(length)} ${length === 1 ? 'run' : 'runs'} read from “${file.name}”.`];
    if (known > 0)
      parts.push(`${String(known)} of them ${known === 1 ? 'was' : 'were'} here already.`);
    if (restored.unreadable > 0)
      parts.push(`${String(restored.unreadable)} parts could not be understood and were left out.`);
    notices.show({ text: parts.join(' '), tone: 'info' });
  }

  /** Sets up models, prompts, judge and decode settings as a run's manifest says; the pictures stay as they are. */
  async #loadManifest(file: File): Promise<void> {
    const { exporting, setup, view, notices } = this.#parts;
    const manifest = await exporting.readManifest(file);
    if (manifest === undefined) return;
    const notes = await setup.adopt(manifest);
    view.openSetup();
    const text = [`Set up as “${manifest.name}” was.`, ...notes].join(' ');
    const stayMs = notes.length === 0 ? UNDO_MS : STAYS;
    notices.show({ text, tone: 'info' }, { stayMs });
  }
}

/** Not those that lie somewhere in a folder of pictures. */
const isManifest = (file: File): boolean =>
  /\.json$/iu.test(file.name) && filePath(file) === file.name;

/** Browsers without the File System Access API have no such function. */
type PickFolder = (options: {
  id: string;
  mode: 'read';
  startIn: 'pictures';
}) => Promise<FileSystemDirectoryHandle>;

const pickFolder = (globalThis as { showDirectoryPicker?: PickFolder }).showDirectoryPicker;

/** In another site's frame, as the Hugging Face Hub shows a Space, the browser neither picks folders nor gives permission again. */
function canKeepHandles(): boolean {
  try {
    return globalThis.top?.location.origin === location.origin;
  } catch {
    return false;
  }
}
