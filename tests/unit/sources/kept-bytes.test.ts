import { beforeEach, describe, expect, test, vi } from 'vitest';
import { sha256Hex } from '../../../src/core/hash';
import type { KeptHandle } from '../../../src/storage/handles';
import { archiveEntry, folderFile } from '../../../src/sources/kept-bytes';
import { fakeFolder, type FakeFolder } from './fake-folder';

const handles = new Map<string, KeptHandle>();
vi.mock('../../../src/storage/handles', () => ({
  savedHandle: (id: string) => Promise.resolve(handles.get(id)),
}));

const kept = { handleId: 'trip', path: 'inner/a.jpg', modifiedAt: 7 };
let expected: { sha256: string; bytes: number };
let trip: FakeFolder;
let inner: FakeFolder;

beforeEach(async () => {
  trip = fakeFolder('trip', { inner: { 'a.jpg': 'picture' } });
  inner = (await trip.getDirectoryHandle('inner')) as FakeFolder;
  handles.clear();
  handles.set('trip', trip);
  expected = { sha256: await sha256Hex('picture'), bytes: 7 };
});

describe('a picture in a kept folder', () => {
  test('is read where it lies', async () => {
    expect(await (await folderFile(kept, expected)).text()).toBe('picture');
  });

  test('that was only touched is still the same', async () => {
    inner.write('a.jpg', 'picture');
    expect(await (await folderFile(kept, expected)).text()).toBe('picture');
  });

  test.each([
    ['other bytes of another length', 'another picture'],
    ['other bytes of the same length', 'pictur3'],
  ])('that has %s is another one', async (_, content) => {
    inner.write('a.jpg', content);
    await expect(folderFile(kept, expected)).rejects.toMatchObject({ code: 'source-changed' });
  });

  test('that was deleted, or whose folder was, is gone', async () => {
    const elsewhere = { ...kept, path: 'outer/a.jpg' };
    await expect(folderFile(elsewhere, expected)).rejects.toMatchObject({ code: 'source-gone' });
    inner.remove('a.jpg');
    await expect(folderFile(kept, expected)).rejects.toMatchObject({ code: 'source-gone' });
  });

  test('that may not be read needs permission, and says so', async () => {
    trip.withdraw();
    await expect(folderFile(kept, expected)).rejects.toMatchObject({ code: 'source-permission' });
  });

  test('whose handle is not here is gone', async () => {
    handles.clear();
    await expect(folderFile(kept, expected)).rejects.toMatchObject({ code: 'source-gone' });
  });
});

describe('a picture in a kept ZIP', () => {
  const zip = (lastModified: number): KeptHandle =>
    ({
      kind: 'file',
      name: 'a.zip',
      getFile: () => Promise.resolve(new File(['zip'], 'a.zip', { lastModified })),
    }) as unknown as KeptHandle;
  const holding = (content: string) => ({
    list: () => Promise.resolve([]),
    read: () => Promise.resolve(new Blob([content])),
  });

  test('is read where it lies; of a ZIP that was changed it is compared', async () => {
    handles.set('trip', zip(7));
    expect(await (await archiveEntry(kept, expected, holding('picture'))).text()).toBe('picture');
    handles.set('trip', zip(8));
    expect(await (await archiveEntry(kept, expected, holding('picture'))).text()).toBe('picture');
    await expect(archiveEntry(kept, expected, holding('pictur3'))).rejects.toMatchObject({
      code: 'source-changed',
    });
  });
});
