/** The files of a drop or a paste, folders opened; anything that is not a file is left out. */
export async function droppedFiles(data: DataTransfer): Promise<File[]> {
  // Entries must be taken before the first await: the browser empties the list when the event is over.
  const entries = [...data.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const files = await Promise.all(
    entries.map(async ({ entry, file }) => {
      if (entry?.isDirectory === true) return filesBelow(entry as FileSystemDirectoryEntry);
      return file === null ? [] : [file];
    }),
  );
  return files.flat();
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
