import 'fake-indexeddb/auto';
import { clear } from 'idb-keyval';
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { toManifest } from '../../../src/core/manifest';
import { store } from '../../../src/storage/db';
import { saveImageList } from '../../../src/storage/image-list';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from './open-page';

let world: FakeWorld;

beforeEach(async () => {
  for (const name of ['journal', 'runs', 'settings', 'images'] as const) await clear(store(name));
  world = new FakeWorld();
  world.judge = () => 'A verdict.';
  await saveImageList([image('a'), image('b')]);
});

describe('skipping what is described already', () => {
  test('leaves out what another run has described, and what has a text beside it', async () => {
    const app = await openPage(world);
    app.images.remove(new Set([image('b').id]));
    await app.run.start();
    const beside = { ...image('c'), sidecar: 'c.txt', reference: 'A cat.' };
    await saveImageList([image('a'), image('b'), beside]);
    await app.images.load();
    expect(app.setup.planSize).toMatchObject({ images: 3, skipped: 0 });
    app.described.skip(true);
    await app.described.refresh();
    flushSync();
    expect(app.setup.planSize).toMatchObject({ images: 1, skipped: 2, descriptions: 9 });
    const { name } = app.run.board!.run;
    expect([...app.described.skipped]).toEqual([
      ['id-a', { kind: 'run', name }],
      ['id-c', { kind: 'sidecar', file: 'c.txt' }],
    ]);
    await app.run.start();
    expect(app.run.board!.run.images.map(({ id }) => id)).toEqual(['id-b']);
    expect(toManifest(app.run.board!.run).skipDescribed).toBe(true);
  });

  test('does not start a run of nothing, also where that was not known yet', async () => {
    const app = await openPage(world);
    await app.run.start();
    app.described.skip(true);
    await app.run.start();
    expect(app.setup.missing).toEqual(['skip']);
    expect(app.run.phase.kind).toBe('finished');
    expect(app.runs.list).toHaveLength(1);
  });

  test('ends when the run that described them is deleted, and for a duplicate', async () => {
    const app = await openPage(world);
    await app.run.start();
    app.described.skip(true);
    await app.described.refresh();
    expect(app.described.skipped.size).toBe(2);
    const { run } = app.run.board!;
    await app.forget.forgetRun(run);
    expect(app.described.skipped.size).toBe(0);
    app.notices.list.at(-1)!.action!.run();
    await expect.poll(() => app.described.skipped.size).toBe(2);
    app.duplicateRun(run);
    expect(app.setup.missing).toEqual([]);
  });
});
