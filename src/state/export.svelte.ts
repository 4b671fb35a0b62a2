import type { RunManifest } from '../core/manifest';
import type { Run } from '../core/run';
import { minuteOf, runFileName } from '../core/run-name';
import type { CaptionFrame, RunResults } from '../exports/results';
import type { IfThere } from '../exports/write-folder';
import type { Notices } from './notices.svelte';
import type { Restored } from '../storage/project';
import { saveBlob } from './save-file';

export type ExportFormat = 'jsonl' | 'csv' | 'txt';

/** Browsers without the File System Access API have no such function. */
type PickFolder = (options: { mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle>;

/** Takes a run's results out of the app; the writers are fetched when they are first needed. */
export class ExportState {
  #busy = $state(false);
  readonly #notices: Notices;

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  get busy(): boolean {
    return this.#busy;
  }

  readonly #pickFolder = (globalThis as { showDirectoryPicker?: PickFolder }).showDirectoryPicker;

  get canWriteFolders(): boolean {
    return this.#pickFolder !== undefined;
  }

  /** Hands a file to the browser's downloads. */
  async save(results: RunResults, format: ExportFormat, frame: CaptionFrame): Promise<void> {
    await this.#work(async () => {
      const name = runFileName(results.run);
      if (format === 'jsonl') {
        const { toJsonLines } = await import('../exports/json-lines');
        saveText(`${name}.jsonl`, 'application/jsonl', toJsonLines(results, frame));
      } else if (format === 'csv') {
        const { toCsv } = await import('../exports/csv');
        // Spreadsheets take a file without the mark for another encoding.
        saveText(`${name}.csv`, 'text/csv', `\uFEFF${toCsv(results, frame)}`);
      } else {
        const { toSidecars } = await import('../exports/sidecars');
        const { toSidecarZip } = await import('../exports/sidecar-zip');
        saveBlob(`${name}.zip`, await toSidecarZip(toSidecars(results, frame)));
      }
    });
  }

  /** Writes a text file for each picture into a folder that the user picks. */
  async writeFolder(results: RunResults, frame: CaptionFrame, ifThere: IfThere): Promise<void> {
    await this.#work(async () => {
      const folder = await this.#pickFolder?.({ mode: 'readwrite' }).catch((error: unknown) => {
        if (isCancel(error)) return undefined;
        throw error;
      });
      if (folder === undefined) return;
      const { toSidecars } = await import('../exports/sidecars');
      const { writeSidecars } = await import('../exports/write-folder');
      const { written, kept } = await writeSidecars(folder, toSidecars(results, frame), ifThere);
      const left = kept === 0 ? '' : ` ${String(kept)} that were there are as they were.`;
      const text = `${String(written)} text ${written === 1 ? 'file' : 'files'} written into “${folder.name}”.${left}`;
      this.#notices.show({ text, tone: 'info' });
    });
  }

  /** What anybody needs to repeat the run, as JSON. */
  async saveManifest(run: Run): Promise<void> {
    await this.#work(async () => {
      const { fullManifest } = await import('../exports/run-manifest');
      const text = `${JSON.stringify(await fullManifest(run), null, 2)}\n`;
      saveText(`${runFileName(run)}.manifest.json`, 'application/json', text);
    });
  }

  /** Reads a manifest; undefined where that is none, which a notice says. */
  async readManifest(file: File): Promise<RunManifest | undefined> {
    const { fromManifestFile, ManifestFileError } = await import('../exports/manifest-file');
    try {
      return await fromManifestFile(file);
    } catch (error) {
      const reason =
        error instanceof ManifestFileError ? error.message : 'the browser could not read it';
      const text = `“${file.name}” can’t set up a run: ${reason}. Your choices are as they were.`;
      this.#notices.show({ text, tone: 'error' });
      return undefined;
    }
  }

  /** Runs with their results, edits and pictures as one file, to be brought back here or elsewhere. */
  async saveProject(runs: readonly Run[]): Promise<void> {
    await this.#work(async () => {
      const { toProjectFile } = await import('../exports/project-file');
      const { gatherProject } = await import('../storage/project');
      const [only, ...others] = runs;
      const name =
        only !== undefined && others.length === 0
          ? runFileName(only)
          : `vlm-runs-${minuteOf(Date.now())}`;
      saveBlob(`${name}.vlmproject.zip`, await toProjectFile(await gatherProject(runs)));
    });
  }

  /** Brings back what a project file holds; undefined where it could not be read, which a notice says. */
  async bringBack(file: File): Promise<Restored | undefined> {
    if (this.#busy) return undefined;
    this.#busy = true;
    try {
      const { fromProjectFile } = await import('../exports/project-file');
      const { restoreProject } = await import('../storage/project');
      return await restoreProject(await fromProjectFile(file));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const text = `“${file.name}” could not be brought back: ${reason}. Nothing was lost.`;
      this.#notices.show({ text, tone: 'error' });
      return undefined;
    } finally {
      this.#busy = false;
    }
  }

  async #work(task: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await task();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#notices.show({
        text: `That could not be written: ${reason} Choose another place, or save a file instead.`,
        tone: 'error',
      });
    } finally {
      this.#busy = false;
    }
  }
}

function isCancel(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

function saveText(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type }));
}
