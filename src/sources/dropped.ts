import { isArchiveName } from '../core/picture-names';

/** What was dropped or pasted. */
export interface Dropped {
  /** Single files, and those of folders where the browser gives no handle. */
  readonly files: readonly File[];
  readonly folders: readonly FileSystemDirectoryHandle[];
  readonly archives: readonly FileSystemFileHandle[];
}

/** Chromium alone has it: https://wicg.github.io/file-system-access/#drag-and-drop. */
interface HandleItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/**
 * Folders and ZIPs by their handles where `withHandles` and the browser gives them, else folders opened. Single files stay files,
 * which are copied: one permission for each of them after a reload would be worse.
 */
export async function droppedItems(data: DataTransfer, withHandles: boolean): Promise<Dropped> {
  // All must be taken before the first await: the browser empties the list when the event is over.
  const items = [...data.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({
      entry: item.webkitGetAsEntry(),
      file: item.getAsFile(),
      handle: withHandles ? handleOf(item) : undefined,
    }));
  const files: File[] = [];
  const folders: FileSystemDirectoryHandle[] = [];
  const archives: FileSystemFileHandle[] = [];
  for (const { entry, file, handle: promise } of items) {
    const handle = await promise;
    if (handle?.kind === 'directory') folders.push(handle as FileSystemDirectoryHandle);
    else if (handle?.kind === 'file' && isArchiveName(handle.name) && !isProjectName(handle.name))
      archives.push(handle as FileSystemFileHandle);
    else if (entry?.isDirectory === true)
      files.push(...(await filesBelow(entry as FileSystemDirectoryEntry)));
    else if (file !== null) files.push(file);
  }
  return { files, folders, archives };
}

/** A project file of this app, which is a ZIP too. */
export const isProjectName = (name: string): boolean => /\.vlmproject\.zip$/iu.test(name);

async function handleOf(item: DataTransferItem & HandleItem): Promise<FileSystemHandle | null> {
  // What is made by a script, or comes from another app's memory, has none.
  return (await item.getAsFileSystemHandle?.().catch(() => null)) ?? null;
}

async function filesBelow(directory: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = directory.createReader();
  const files: File[] = [];
  for (;;) {
    // A reader hands out at most 100 entries a call and an empty list at the end.
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (batch.length === 0) return files;
    for (const entry of batch) {
      if (entry.isDirectory) files.push(...(await filesBelow(entry as FileSystemDirectoryEntry)));
      else files.push(await fileOf(entry as FileSystemFileEntry));
    }
  }
}

async function fileOf(entry: FileSystemFileEntry): Promise<File> {
  const file = await new Promise<File>((resolve, reject) => {
    entry.file(resolve, reject);
  });
  // Files of a dropped folder don't say where they lay, those of a picked one do: https://wicg.github.io/entries-api/.
  const value = entry.fullPath.replace(/^\//u, '');
  return Object.defineProperty(file, 'webkitRelativePath', { value });
}
