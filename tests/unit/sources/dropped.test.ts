import { expect, test } from 'vitest';
import { droppedFiles } from '../../../src/sources/dropped';
import { withSidecars } from '../../../src/sources/sidecars';

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

test('files of a dropped folder know where they lay, and their text files go by that', async () => {
  const folder = folderEntry('/trip', [
    folderEntry('/trip/one', [fileEntry('/trip/one/a.jpg')]),
    folderEntry('/trip/two', [fileEntry('/trip/two/a.jpg'), fileEntry('/trip/two/a.txt')]),
  ]);
  const items = [{ kind: 'file', webkitGetAsEntry: () => folder, getAsFile: () => null }];
  const files = await droppedFiles({ items } as unknown as DataTransfer);
  expect(
    withSidecars(files).map(({ file, sidecar }) => [file.webkitRelativePath, sidecar?.name]),
  ).toEqual([
    ['trip/one/a.jpg', undefined],
    ['trip/two/a.jpg', 'a.txt'],
  ]);
});
