import 'fake-indexeddb/auto';
import { clear } from 'idb-keyval';
import { flushSync } from 'svelte';
import { beforeEach, expect, test } from 'vitest';
import { acceptAll } from '../../../src/state/accept-all';
import type { AppState } from '../../../src/state/app.svelte';
import { store } from '../../../src/storage/db';
import { saveImageList } from '../../../src/storage/image-list';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from './open-page';

let world: FakeWorld;
const IMAGES = Array.from({ length: 120 }, (_, index) => image(`picture ${String(index)}`));
const IDS = IMAGES.map(({ id }) => id);

beforeEach(async () => {
  for (const name of ['journal', 'runs', 'settings', 'images', 'edits'] as const)
    await clear(store(name));
  world = new FakeWorld();
  await saveImageList(IMAGES);
});

const acceptedIn = ({ run }: AppState) => IDS.filter((id) => run.board!.isAccepted(id)).length;

test('many captions are accepted a few at a time, kept, and taken back together', async () => {
  const app = await openPage(world);
  await app.run.start();
  flushSync();
  const board = app.run.board!;
  const parts: number[] = [];
  const some = {
    acceptTogether: (ids: readonly string[], accepted: boolean) => {
      parts.push(ids.length);
      return board.acceptTogether(ids, accepted);
    },
  };
  await acceptAll(some, IDS, app.notices);
  expect(parts).toEqual([50, 50, 20]);
  expect(acceptedIn(app)).toBe(120);
  expect(acceptedIn(await openPage(world))).toBe(120);

  const { text, action } = app.notices.list.at(-1)!;
  expect(text).toBe('120 captions accepted');
  action!.run();
  await expect.poll(() => acceptedIn(app)).toBe(0);
});

test('one caption that is changed wakes nobody who looks at another', async () => {
  const app = await openPage(world);
  await app.run.start();
  const board = app.run.board!;
  const [first = '', second = ''] = IDS;
  let looks = 0;
  const stop = $effect.root(() => {
    $effect(() => {
      board.edit(first);
      looks += 1;
    });
  });
  flushSync();
  await board.accept(second, true);
  flushSync();
  expect(looks).toBe(1);
  await board.accept(first, true);
  flushSync();
  expect(looks).toBe(2);
  stop();
});
