import 'fake-indexeddb/auto';
import { clear } from 'idb-keyval';
import { flushSync } from 'svelte';
import { beforeEach, expect, test } from 'vitest';
import type { AppState } from '../../../src/state/app.svelte';
import { CaptionReplace } from '../../../src/state/caption-replace.svelte';
import { store } from '../../../src/storage/db';
import { saveImageList } from '../../../src/storage/image-list';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from './open-page';

let world: FakeWorld;
const IMAGES = ['a', 'b', 'c'].map(image);
const [A = '', B = '', C = ''] = IMAGES.map(({ id }) => id);

beforeEach(async () => {
  for (const name of ['journal', 'runs', 'settings', 'images', 'edits'] as const)
    await clear(store(name));
  world = new FakeWorld();
  world.judge = ([first = '']) => `A cat on a mat, ${first.includes(' c ') ? 'no dog' : 'a dog'}.`;
  world.answer = ({ image: name }) => `x ${name} y`;
  await saveImageList(IMAGES);
});

async function open(): Promise<{ app: AppState; captions: CaptionReplace }> {
  const app = await openPage(world);
  await app.run.start();
  flushSync();
  return { app, captions: new CaptionReplace(app.run.board!, () => IMAGES, app.notices) };
}

const captionsOf = ({ run }: AppState) => [A, B, C].map((id) => run.board!.caption(id));

test('what would change is seen before anything does; one can be left out, and all of it taken back', async () => {
  const { app, captions } = await open();
  await app.run.board!.accept(A, true);
  const before = captionsOf(app);
  captions.change({ find: 'a dog', by: 'a hound' });
  await captions.look();
  expect(captions.found.map(({ image: { id }, count }) => [id, count])).toEqual([
    [A, 1],
    [B, 1],
  ]);
  expect(captionsOf(app)).toEqual(before);

  await captions.apply();
  expect(captionsOf(app)).toEqual([
    'A cat on a mat, a hound.',
    'A cat on a mat, a hound.',
    'A cat on a mat, no dog.',
  ]);
  // Nobody has read them: accepted is what was.
  expect([A, B].map((id) => app.run.board!.isAccepted(id))).toEqual([true, false]);
  const reloaded = await openPage(world);
  expect(captionsOf(reloaded)).toEqual(captionsOf(app));

  expect(app.notices.list.at(-1)?.text).toBe('Changed 2 captions.');
  app.notices.list.at(-1)!.action!.run();
  await expect.poll(() => captionsOf(app)).toEqual(before);
  expect([A, B].map((id) => app.run.board!.isAccepted(id))).toEqual([true, false]);
  expect(app.run.board!.edit(B).texts).toEqual([]);
});

test('what was changed is told where it was, and taken back there, until something else is looked for', async () => {
  const { app, captions } = await open();
  const before = captionsOf(app);
  captions.change({ find: 'a dog', by: 'a hound' });
  await captions.look();
  await captions.apply();
  expect(captions.changed?.count).toBe(2);
  captions.changed?.undo();
  await expect.poll(() => captionsOf(app)).toEqual(before);
  expect(captions.changed).toBeNull();
  expect(app.notices.list).toEqual([]);

  await captions.look();
  await captions.apply();
  captions.change({ find: 'cat' });
  expect(captions.changed).toBeNull();
  captions.stop();
});

test('a caption that is left out stays as it is, until something else is looked for', async () => {
  const { app, captions } = await open();
  captions.change({ find: 'cat', by: 'lynx' });
  await captions.look();
  captions.toggle(B);
  expect(captions.chosen.map(({ image: { id } }) => id)).toEqual([A, C]);
  await captions.apply();
  expect(captionsOf(app).map((text) => text?.includes('lynx'))).toEqual([true, false, true]);
  captions.change({ find: 'mat' });
  expect(captions.isLeft(B)).toBe(false);
  captions.stop();
});

test('a search that another one follows finds nothing any more', async () => {
  const { captions } = await open();
  captions.change({ find: 'cat', by: 'lynx' });
  const first = captions.look();
  captions.change({ find: 'zebra' });
  await Promise.all([first, captions.look()]);
  expect(captions.found).toEqual([]);
  expect(captions.isLooking).toBe(false);
});
