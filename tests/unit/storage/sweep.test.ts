import 'fake-indexeddb/auto';
import { clear, keys } from 'idb-keyval';
import { beforeEach, expect, test } from 'vitest';
import { checkKey } from '../../../src/core/cell';
import { cellsOf, type Run } from '../../../src/core/run';
import { verdictKey } from '../../../src/core/verdict';
import { store } from '../../../src/storage/db';
import { saveImage, saveThumbnail } from '../../../src/storage/images';
import { saveRecord } from '../../../src/storage/journal';
import { sweep } from '../../../src/storage/sweep';
import { image, run as runOf } from '../engine/runner/fake-ports';

const MODEL = { id: 'm', revision: '1', precision: 'q8' };

/** A run whose cells, one check and one verdict a picture are on disk. */
async function kept(run: Run): Promise<Run> {
  const cells = await cellsOf(run);
  for (const { key } of cells) {
    await saveRecord(key, { kind: 'failure', error: { code: 'unknown', detail: '' }, attempts: 1 });
  }
  for (const { sha256, id } of run.images) {
    const own = cells.filter(({ imageId }) => imageId === id).map(({ key }) => key);
    await saveRecord(checkKey(sha256, MODEL, 'q'), { kind: 'check', yes: 1 });
    const key = await verdictKey(sha256, MODEL, 'verify', own);
    await saveRecord(key, { kind: 'check', yes: 1 });
    await saveImage(sha256, new Blob(['x']));
    await saveThumbnail(sha256, new Blob(['x']));
  }
  return run;
}

const count = async (name: 'journal' | 'images' | 'thumbnails') => (await keys(store(name))).length;

beforeEach(async () => {
  for (const name of ['journal', 'images', 'thumbnails'] as const) await clear(store(name));
});

test('what the runs that stay share with one that goes is kept, the rest goes', async () => {
  const stays = await kept(runOf({ images: [image('a'), image('b')] }));
  await kept(runOf({ images: [image('b'), image('c')] }));
  await sweep({ runs: [stays], images: [] });
  expect(await count('journal')).toBe((await cellsOf(stays)).length + 4);
  expect(await count('images')).toBe(2);
  expect(await count('thumbnails')).toBe(2);
});

test('pictures of the set-up keep their bytes, and none goes while others come in', async () => {
  await kept(runOf({ images: [image('a'), image('b')] }));
  await sweep({ runs: [], images: null });
  expect(await count('images')).toBe(2);
  await sweep({ runs: [], images: [image('a').sha256] });
  expect(await keys(store('images'))).toEqual([image('a').sha256]);
  expect(await count('journal')).toBe(0);
});
