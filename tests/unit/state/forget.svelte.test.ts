import 'fake-indexeddb/auto';
import { clear, keys } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { UNDO_MS } from '../../../src/state/notices.svelte';
import { store } from '../../../src/storage/db';
import { saveForgotten, savedForgotten } from '../../../src/storage/forget';
import { saveImage, saveThumbnail } from '../../../src/storage/images';
import { saveImageList, savedImageList } from '../../../src/storage/image-list';
import { CHUNK_BYTES } from '../../../src/storage/chunks';
import { saveChunk, saveFileRecord } from '../../../src/storage/weights';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from './open-page';

const A = image('a');
const B = image('b');
let world: FakeWorld;

beforeEach(async () => {
  for (const name of ['journal', 'runs', 'settings', 'images', 'edits', 'weights'] as const)
    await clear(store(name));
  world = new FakeWorld();
  world.judge = () => 'A verdict.';
  for (const { sha256 } of [A, B]) {
    await saveImage(sha256, new Blob(['12345']));
    await saveThumbnail(sha256, new Blob(['1']));
  }
  await saveImageList([A, B]);
});

afterEach(() => {
  vi.useRealTimers();
});

const timers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
const rows = (sha256: string) => async () => {
  const all = await keys<string>(store('journal'));
  return all.filter((key) => key.includes(sha256)).length;
};

/** A page with two runs of a and b, and one edit of a verdict on each. */
async function twoRuns() {
  const app = await openPage(world);
  await app.run.start();
  await app.run.board!.write(A.id, 'Mine.');
  await app.run.board!.write(B.id, 'Mine too.');
  app.run.close(); // or the words would be of the second one too
  for (const { id } of app.setup.chosenPrompts.slice(1)) app.setup.togglePrompt(id);
  await app.run.start();
  return app;
}

describe('a picture that is forgotten', () => {
  test('says what goes, is hidden in every run, and comes back by undo', async () => {
    const app = await twoRuns();
    app.view.openImage(A.id);
    await app.forget.picture(A);
    expect(app.notices.list.at(-1)!.text).toMatch(
      /^“a” forgotten: 1 picture, 9 descriptions, 2 verdicts and your work on 1 caption; freed /u,
    );
    expect(app.view.imageId).toBeNull();
    expect(app.images.items).toEqual([B]);
    expect(app.runs.list.map(({ images }) => images)).toEqual([[B], [B]]);
    expect(app.run.board!.run.images).toEqual([B]);
    app.notices.list.at(-1)!.action!.run();
    await expect.poll(() => app.images.items).toEqual([A, B]);
    await expect.poll(() => app.run.board!.run.images).toEqual([A, B]);
    expect(app.run.board!.verdict(A.id)).toMatchObject({ status: 'done' });
    expect(await savedForgotten()).toEqual([]);
  });

  test('is gone from the disk when the undo has passed, and nothing else is', async () => {
    timers();
    const app = await twoRuns();
    const ofB = await rows(B.sha256)();
    await app.forget.picture(A);
    expect(await rows(A.sha256)()).toBeGreaterThan(0);
    vi.advanceTimersByTime(UNDO_MS);
    vi.useRealTimers();
    await expect.poll(savedForgotten).toEqual([]);
    expect(await rows(A.sha256)()).toBe(0);
    expect(await rows(B.sha256)()).toBe(ofB);
    expect(await keys(store('edits'))).toEqual([expect.stringContaining(B.id)]);
    for (const name of ['images', 'thumbnails'] as const)
      expect(await keys(store(name))).toEqual([B.sha256]);
    const after = await openPage(world);
    expect(after.runs.list.map(({ images }) => images)).toEqual([[B], [B]]);
    expect(await savedImageList()).toEqual([B]);
  });

  test('goes also when the page was closed meanwhile', async () => {
    timers();
    const app = await twoRuns();
    await app.forget.picture(A);
    vi.clearAllTimers(); // the page is gone, and its undo with it
    const next = await openPage(world);
    expect(next.runs.list.map(({ images }) => images)).toEqual([[B], [B]]);
    expect(next.run.board!.run.images).toEqual([B]);
    next.forget.open();
    vi.advanceTimersByTime(UNDO_MS * 2);
    vi.useRealTimers();
    await expect.poll(rows(A.sha256)).toBe(0);
    await expect.poll(savedForgotten).toEqual([]);
  });

  test('two of them, undone in the order they went, are both back', async () => {
    const app = await twoRuns();
    await app.forget.picture(A);
    await app.forget.picture(B);
    expect(app.runs.list).toEqual([]);
    expect(app.run.board).toBeNull();
    const [first, second] = app.notices.list;
    first!.action!.run();
    await expect.poll(() => app.runs.list.map(({ images }) => images)).toEqual([[A], [A]]);
    second!.action!.run();
    await expect
      .poll(() => app.runs.list.map(({ images }) => images))
      .toEqual([
        [A, B],
        [A, B],
      ]);
    await expect.poll(() => app.images.items.length).toBe(2);
  });

  test('a run that is renamed meanwhile keeps its name and gets the picture back', async () => {
    const app = await twoRuns();
    await app.forget.picture(A);
    await app.run.rename(app.runs.list[0]!, 'Renamed');
    app.notices.list.at(-1)!.action!.run();
    await expect.poll(() => app.runs.list[0]).toMatchObject({ name: 'Renamed', images: [A, B] });
  });
});

test('a run that is deleted while it is on screen is on screen again by undo', async () => {
  const app = await twoRuns();
  const { run } = app.run.board!;
  await app.forget.forgetRun(run);
  expect(app.run.board).toBeNull();
  app.notices.list.at(-1)!.action!.run();
  await expect.poll(() => app.run.board?.run.id).toBe(run.id);
  expect(app.run.phase.kind).toBe('finished');

  // Not where another one has been opened since.
  await app.forget.forgetRun(run);
  const [other] = app.runs.list;
  await app.openRun(other!);
  app.notices.list.at(-1)!.action!.run();
  await expect.poll(() => app.runs.list.length).toBe(2);
  expect(app.run.board!.run.id).toBe(other!.id);
});

test('what a crash left of nobody goes on the next visit, and what somebody needs stays', async () => {
  const app = await twoRuns();
  await saveImage('nobody', new Blob(['x']));
  // This page has written results: those of a project file would still be without their run.
  await app.forget.sweep();
  expect(await keys(store('images'))).toHaveLength(3);
  await (await openPage(world)).forget.sweep();
  expect((await keys(store('images'))).sort()).toEqual([A.sha256, B.sha256]);
  expect(await rows(A.sha256)()).toBeGreaterThan(0);
});

test('weights go when the undo has passed, and come by themselves no more', async () => {
  const { weightsNotWanted } = await import('../../../src/storage/forget');
  await saveChunk('m', '1', 'f', 0, new Uint8Array(3));
  await saveFileRecord('m', '1', { path: 'f', bytes: CHUNK_BYTES, sha256: 'h' });
  await saveChunk('other', '1', 'f', 0, new Uint8Array(3));
  timers();
  const app = await openPage(world);
  await app.forget.weights('m', 'Model M', 3_000_000);
  expect(app.notices.list.at(-1)!.text).toContain('freed 3.0 MB');
  expect(app.forget.isLeaving('m')).toBe(true);
  vi.advanceTimersByTime(UNDO_MS);
  vi.useRealTimers();
  await expect.poll(() => keys(store('weights'))).toEqual(['other@1/f#0']);
  expect(await weightsNotWanted()).toEqual(['m']);
});

test('a note that something has to go which nobody can understand stops nothing', async () => {
  await saveForgotten({ kind: 'run', runId: 'gone long ago', at: 0 });
  const app = await twoRuns();
  app.forget.open();
  await expect.poll(savedForgotten).toEqual([]);
  expect(app.runs.list).toHaveLength(2);
});
