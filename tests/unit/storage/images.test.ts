import { set } from 'idb-keyval';
import { store } from '../../../src/storage/db';
import { beforeEach, describe, expect, test } from 'vitest';
import { run } from '../core/fake-run';
import { freshStorage } from './fresh';

beforeEach(freshStorage);

describe('images', () => {
  test('come back with their bytes and their type', async () => {
    const { saveImage, savedImage } = await import('../../../src/storage/images');
    await saveImage('sha', new Blob([new Uint8Array([1, 2])], { type: 'image/png' }));
    const blob = await savedImage('sha');
    expect(blob!.type).toBe('image/png');
    expect(new Uint8Array(await blob!.arrayBuffer())).toEqual(new Uint8Array([1, 2]));
  });

  test('and thumbnails of one hash are kept apart', async () => {
    const images = await import('../../../src/storage/images');
    await images.saveThumbnail('sha', new Blob(['small']));
    expect(await images.savedImage('sha')).toBeUndefined();
    await images.saveImage('sha', new Blob(['large']));
    expect(await (await images.savedThumbnail('sha'))!.text()).toBe('small');
  });

  test('are forgotten with their thumbnails, others stay', async () => {
    const images = await import('../../../src/storage/images');
    for (const sha of ['a', 'b']) {
      await images.saveImage(sha, new Blob([sha]));
      await images.saveThumbnail(sha, new Blob([sha]));
    }
    await images.forgetImage('a');
    expect(await images.savedImage('a')).toBeUndefined();
    expect(await images.savedThumbnail('a')).toBeUndefined();
    expect(await (await images.savedImage('b'))!.text()).toBe('b');
  });
});

describe('runs', () => {
  test('come back as they were saved', async () => {
    const runs = await import('../../../src/storage/runs');
    await runs.saveRun(run());
    expect(await runs.savedRun('run')).toEqual(run());
    expect(await runs.savedRun('another')).toBeUndefined();
  });

  test('of version 0.1 knew no checks', async () => {
    const runs = await import('../../../src/storage/runs');
    await runs.saveRun({ ...run(), judgeMode: undefined } as unknown as ReturnType<typeof run>);
    expect(await runs.savedRun('run')).toMatchObject({ judgeMode: 'fuse' });
  });

  test('a row that is no run counts as absent', async () => {
    const runs = await import('../../../src/storage/runs');
    await set('run', { version: 1, run: { ...run(), images: 'rubbish' } }, store('runs'));
    expect(await runs.savedRun('run')).toBeUndefined();
  });
});
