/** Files by name, folders inside. */
export interface Tree {
  readonly [name: string]: string | Tree;
}

export interface FakeFolder extends FileSystemDirectoryHandle {
  /** Deletes a file of it. */
  remove(name: string): void;
  /** Puts other bytes into a file of it. */
  write(name: string, content: string, lastModified?: number): void;
  /** From now on nothing of it may be read. */
  withdraw(): void;
}

/** A folder as the browser hands it out, in memory. */
export function fakeFolder(
  name: string,
  tree: Tree,
  shared: { allowed: boolean; onOpen?: () => void } = { allowed: true },
): FakeFolder {
  const refuse = () => {
    if (!shared.allowed) throw new DOMException('not allowed', 'NotAllowedError');
  };
  const gone = () => new DOMException('not there', 'NotFoundError');
  const files = new Map<string, { content: string; lastModified: number }>();
  const folders = new Map<string, FakeFolder>();
  for (const [each, content] of Object.entries(tree)) {
    if (typeof content === 'string') files.set(each, { content, lastModified: 7 });
    else folders.set(each, fakeFolder(each, content, shared));
  }
  const fileHandle = (each: string) => ({
    kind: 'file',
    name: each,
    // eslint-disable-next-line @typescript-eslint/require-await -- throws as the browser's does
    getFile: async () => {
      refuse();
      const file = files.get(each);
      if (file === undefined) throw gone();
      shared.onOpen?.();
      return new File([file.content], each, { lastModified: file.lastModified });
    },
  });
  return {
    kind: 'directory',
    name,
    // eslint-disable-next-line @typescript-eslint/require-await -- throws as the browser's does
    async *entries() {
      refuse();
      for (const each of files.keys()) yield [each, fileHandle(each)];
      for (const entry of folders) yield entry;
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- throws as the browser's does
    getDirectoryHandle: async (each: string) => {
      refuse();
      const folder = folders.get(each);
      if (folder === undefined) throw gone();
      return folder;
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- throws as the browser's does
    getFileHandle: async (each: string) => {
      refuse();
      if (!files.has(each)) throw gone();
      return fileHandle(each);
    },
    queryPermission: () => Promise.resolve(shared.allowed ? 'granted' : 'prompt'),
    isSameEntry: () => Promise.resolve(false),
    remove: (each: string) => files.delete(each),
    write: (each: string, content: string, lastModified = 8) =>
      files.set(each, { content, lastModified }),
    withdraw: () => (shared.allowed = false),
  } as unknown as FakeFolder;
}

export async function listed<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
