import { beforeEach, expect, test } from 'vitest';
import type { ImageItem } from '../../../src/core/image';
import { image, run } from '../engine/runner/fake-ports';
import { freshStorage, putRaw, rawKeys } from './fresh';

/** As a handle of the browser: what it can do is not cloned with it. */
class Folder {
  readonly kind = 'directory';
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  isSameEntry(other: Folder) {
    return Promise.resolve(other.name === this.name);
  }
}

const folder = (name: string) => new Folder(name) as unknown as FileSystemDirectoryHandle;

const inFolder = (name: string, handleId: string): ImageItem => ({
  ...image(name),
  source: { kind: 'folder', handleId, path: name, modifiedAt: 1 },
});

async function modules() {
  return {
    ...(await import('../../../src/storage/handles')),
    ...(await import('../../../src/storage/sweep')),
    ...(await import('../../../src/storage/image-list')),
    ...(await import('../../../src/storage/runs')),
  };
}

beforeEach(freshStorage);

test('a folder is kept once, whichever handle of it comes', async () => {
  const { saveHandle, savedHandle, savedHandles } = await modules();
  const id = await saveHandle(folder('holiday'));
  const again = folder('holiday');
  expect(await saveHandle(again)).toBe(id);
  expect(await savedHandle(id)).toBe(again);
  expect(await saveHandle(folder('work'))).not.toBe(id);
  expect(await savedHandles()).toHaveLength(2);
  expect(await savedHandle('another')).toBeUndefined();
});

test('one that went meanwhile is kept again under its id', async () => {
  const { saveHandle, savedHandle, forgetHandles } = await modules();
  const holiday = folder('holiday');
  const id = await saveHandle(holiday);
  await forgetHandles([id]);
  expect(await savedHandle(id)).toBeUndefined();
  expect(await saveHandle(holiday, id)).toBe(id);
  expect(await savedHandle(id)).toBe(holiday);
});

test('what is no handle is left out', async () => {
  const { saveHandle, savedHandle, savedHandles } = await modules();
  await saveHandle(folder('holiday'));
  await putRaw('handles', 'odd', { version: 1, handle: 'holiday' });
  await putRaw('handles', 'newer', { version: 2, handle: new Folder('x') });
  expect(await savedHandle('odd')).toBeUndefined();
  expect(await savedHandles()).toHaveLength(1);
});

test('handles go with the last picture of the set-up, of a run or of another tab', async () => {
  const { saveHandle, sweepHandles, saveImageList, saveRun } = await modules();
  const [shown, listed, inRun, unneeded] = [
    await saveHandle(folder('shown')),
    await saveHandle(folder('listed')),
    await saveHandle(folder('in a run')),
    await saveHandle(folder('nowhere')),
  ];
  await saveImageList([inFolder('b', listed)]);
  await saveRun(run({ images: [inFolder('c', inRun)] }));
  await sweepHandles(null);
  expect(await rawKeys('handles')).toHaveLength(4);
  await sweepHandles([inFolder('a', shown), image('copied')]);
  expect((await rawKeys('handles')).sort()).toEqual([shown, listed, inRun].sort());
  expect(await rawKeys('handles')).not.toContain(unneeded);
});
