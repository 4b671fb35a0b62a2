import { expect, test } from 'vitest';
import { droppedItems } from '../../../src/sources/dropped';

type Entry = Pick<FileSystemEntry, 'isDirectory' | 'fullPath'>;

function fileEntry(fullPath: string): Entry {
  const name = fullPath.split('/').at(-1) ?? '';
  const file = (resolve: (file: File) => void) => resolve(new File(['x'], name));
  return Object.assign({ isDirectory: false, fullPath }, { file });
}

function folderEntry(fullPath: string, entries: readonly Entry[]): Entry {
  const createReader = () => {
    let batches = [entries, []];
    const readEntries = (resolve: (batch: readonly Entry[]) => void) => {
      const [batch = [], ...rest] = batches;
      batches = rest;
      resolve(batch);
    };
    return { readEntries };
  };
  return Object.assign({ isDirectory: true, fullPath }, { createReader });
}

const dropped = (...items: readonly object[]) =>
  ({
    items: items.map((item) => ({
      kind: 'file',
      webkitGetAsEntry: () => null,
      getAsFile: () => null,
      ...item,
    })),
  }) as unknown as DataTransfer;

test('files of a dropped folder know where they lay', async () => {
  const folder = folderEntry('/trip', [
    folderEntry('/trip/one', [fileEntry('/trip/one/a.jpg')]),
    folderEntry('/trip/two', [fileEntry('/trip/two/a.jpg'), fileEntry('/trip/two/a.txt')]),
  ]);
  const { files } = await droppedItems(dropped({ webkitGetAsEntry: () => folder }), true);
  expect(files.map(({ webkitRelativePath }) => webkitRelativePath)).toEqual([
    'trip/one/a.jpg',
    'trip/two/a.jpg',
    'trip/two/a.txt',
  ]);
});

test('folders and ZIPs come as handles, single files and projects as files', async () => {
  const handle = (kind: string, name: string) => ({
    getAsFile: () => new File(['x'], name),
    getAsFileSystemHandle: () => Promise.resolve({ kind, name }),
  });
  const data = dropped(
    handle('directory', 'trip'),
    handle('file', 'a.zip'),
    handle('file', 'a.jpg'),
    handle('file', 'a.vlmproject.zip'),
    {
      getAsFile: () => new File(['x'], 'b.jpg'),
      getAsFileSystemHandle: () => Promise.reject(new Error()),
    },
  );
  const { files, folders, archives } = await droppedItems(data, true);
  expect(files.map(({ name }) => name)).toEqual(['a.jpg', 'a.vlmproject.zip', 'b.jpg']);
  expect(folders.map(({ name }) => name)).toEqual(['trip']);
  expect(archives.map(({ name }) => name)).toEqual(['a.zip']);
});

test('where handles are not kept, a ZIP is a file', async () => {
  const data = dropped({
    getAsFile: () => new File(['x'], 'a.zip'),
    getAsFileSystemHandle: () => Promise.resolve({ kind: 'file', name: 'a.zip' }),
  });
  const { files, archives } = await droppedItems(data, false);
  expect([files.length, archives.length]).toEqual([1, 0]);
});
