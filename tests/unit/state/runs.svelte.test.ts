import 'fake-indexeddb/auto';
import { clear, keys } from 'idb-keyval';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { UNDO_MS } from '../../../src/state/notices.svelte';
import { store } from '../../../src/storage/db';
import { saveImage } from '../../../src/storage/images';
import { saveImageList } from '../../../src/storage/image-list';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from './open-page';

let world: FakeWorld;

beforeEach(async () => {
  for (const name of ['journal', 'runs', 'settings', 'images'] as const) await clear(store(name));
  world = new FakeWorld();
  world.judge = () => 'A verdict.';
  for (const name of ['a', 'b']) await saveImage(image(name).sha256, new Blob([name]));
  await saveImageList([image('a'), image('b')]);
});

afterEach(() => {
  vi.useRealTimers();
});

/** A page with two runs: one of a and b, then one of a with a single prompt. */
async function twoRuns() {
  const app = await openPage(world);
  await app.run.start();
  const first = app.run.board!.run;
  await app.run.rename(first, 'Both pictures');
  app.images.remove(new Set([image('b').id]));
  for (const { id } of app.setup.chosenPrompts.slice(1)) app.setup.togglePrompt(id);
  await app.run.start();
  flushSync();
  return app;
}

describe('runs that are kept', () => {
  test('a new run leaves the old one as it was, and it can be opened again', async () => {
    const app = await twoRuns();
    expect(app.runs.list.map(({ images }) => images.length).sort()).toEqual([1, 2]);
    const both = app.runs.list.find(({ name }) => name === 'Both pictures')!;
    await app.openRun(both);
    flushSync();
    expect(app.images.items.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(app.setup.chosenPrompts).toHaveLength(3);
    expect(app.run.phase).toEqual({ kind: 'finished' });
    expect(app.run.board!.progress).toMatchObject({ done: 18, verdictsDone: 2 });
  });

  test('names and the open run are there after a reload', async () => {
    const before = await twoRuns();
    await before.openRun(before.runs.list.find(({ name }) => name === 'Both pictures')!);
    const after = await openPage(world);
    expect(after.runs.list.map(({ name }) => name)).toContain('Both pictures');
    expect(after.run.board!.run.name).toBe('Both pictures');
  });

  test('a duplicate is only choices until it is started', async () => {
    const app = await twoRuns();
    app.duplicateRun(app.runs.list.find(({ name }) => name === 'Both pictures')!);
    expect(app.run.board).toBeNull();
    expect(app.setup.planSize).toMatchObject({ images: 2, prompts: 3 });
    expect(app.runs.list).toHaveLength(2);
    await app.run.start();
    expect(app.runs.list).toHaveLength(3);
  });

  test('pictures of no run come back when a run has taken their place', async () => {
    const app = await twoRuns();
    app.newRun();
    await saveImageList([image('c')]);
    await app.images.load();
    await app.openRun(app.runs.list.find(({ name }) => name === 'Both pictures')!);
    expect(app.images.items.map(({ name }) => name)).toEqual(['a', 'b']);
    app.notices.list.find(({ text }) => text.endsWith('put away'))!.action!.run();
    expect(app.images.items.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  test('a deleted run comes back by undo, with its results', async () => {
    const app = await twoRuns();
    const both = app.runs.list.find(({ name }) => name === 'Both pictures')!;
    await app.forget.forgetRun(both);
    expect(app.runs.list).toHaveLength(1);
    app.notices.list.at(-1)!.action!.run();
    await expect.poll(() => app.runs.list.length).toBe(2);
    await app.openRun(both);
    expect(app.run.board!.progress).toMatchObject({ done: 18, verdictsDone: 2 });
  });

  test('when the offer to undo has passed, what nobody else needs goes', async () => {
    // From the start: the removal of b from the set-up has an undo of its own.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const app = await twoRuns();
    await app.forget.forgetRun(app.runs.list.find(({ name }) => name === 'Both pictures')!);
    vi.advanceTimersByTime(UNDO_MS);
    vi.useRealTimers();
    await expect.poll(async () => (await keys(store('runs'))).length).toBe(1);
    await expect
      .poll(async () =>
        (await keys<string>(store('journal'))).filter((key) => key.includes('sha-b')),
      )
      .toEqual([]);
    await expect.poll(() => keys(store('images'))).toEqual([image('a').sha256]);
    // The run of one prompt has its three cells and its verdict still.
    const [left] = app.runs.list;
    await app.openRun(left!);
    expect(app.run.board!.progress).toMatchObject({ done: 3, verdictsDone: 1 });
  });
});
