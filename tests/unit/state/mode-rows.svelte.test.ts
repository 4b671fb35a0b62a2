import 'fake-indexeddb/auto';
import { clear } from 'idb-keyval';
import { beforeEach, expect, test } from 'vitest';
import type { Verdict } from '../../../src/core/verdict';
import { AgainState } from '../../../src/state/again.svelte';
import type { AppState } from '../../../src/state/app.svelte';
import { CaptionChanges } from '../../../src/state/caption-changes';
import { claimDifference, modeRows } from '../../../src/state/mode-rows';
import { store } from '../../../src/storage/db';
import { saveImageList } from '../../../src/storage/image-list';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from './open-page';

let world: FakeWorld;
const A = image('a').id;

beforeEach(async () => {
  for (const name of ['journal', 'runs', 'settings', 'images', 'edits'] as const)
    await clear(store(name));
  world = new FakeWorld();
  let verdicts = 0;
  world.judge = () => `verdict ${String(++verdicts)}`;
  await saveImageList([image('a')]);
});

const captions = (app: AppState) =>
  Object.fromEntries(
    modeRows(app.run.board!, A).flatMap(({ mode, verdict, swapped, isStanding }) => [
      [mode, `${verdict?.caption ?? ''}${isStanding ? ' *' : ''}`],
      ...(swapped === undefined ? [] : [[`${mode} swapped`, swapped.caption]]),
    ]),
  ) as Record<string, string>;

test('verdicts of several modes stand side by side, one of them as the verdict, also after a reload', async () => {
  const app = await openPage(world);
  await app.run.start();
  expect(captions(app)).toEqual({
    verify: 'verdict 1 *',
    fuse: '',
    rank: '',
    select: '',
    consensus: '',
  });
  const again = new AgainState(app.run, app.notices);
  const keys = app.run.board!.judgedKeys(A);
  await again.judge(A, keys, { mode: 'select' });
  await again.judge(A, keys, { mode: 'fuse', order: 'reversed' });
  await again.judge(A, keys, { mode: 'verify' });
  const beside = {
    verify: 'verdict 1 *',
    fuse: '',
    'fuse swapped': 'verdict 3',
    rank: '',
    select: 'verdict 2',
    consensus: '',
  };
  expect(captions(app)).toEqual(beside);
  expect(captions(await openPage(world))).toEqual(beside);

  const changes = new CaptionChanges(app.run.board!, A, { notices: app.notices, again });
  await changes.putBackVerdict(keys, { mode: 'select' });
  expect(app.run.board!.caption(A)).toBe('verdict 2');
  expect(captions(app)).toMatchObject({ verify: 'verdict 1', select: 'verdict 2 *' });
  app.notices.list.at(-1)?.action?.run();
  await expect.poll(() => app.run.board!.caption(A)).toBe('verdict 1');
});

test('while others are made beside it the verdict stays on screen, and stands at the end', async () => {
  const app = await openPage(world);
  await app.run.start();
  const board = app.run.board!;
  const again = new AgainState(app.run, app.notices);
  const { judge } = world;
  const shown: unknown[] = [];
  world.judge = (texts) => {
    const state = again.verdict(board, A);
    shown.push([
      state?.status === 'done' && state.verdict.caption,
      board.verdict(A)?.status,
      again.besideOf(A)?.way.mode,
      modeRows(board, A, again.besideOf(A)?.standingWay).find(({ isStanding }) => isStanding)?.mode,
    ]);
    return judge(texts);
  };
  await again.judgeBeside(A, [{ mode: 'fuse' }, { mode: 'rank' }]);
  expect(shown).toEqual([
    ['verdict 1', 'waiting', 'fuse', 'verify'],
    ['verdict 1', 'waiting', 'rank', 'verify'],
  ]);
  expect(again.besideOf(A)).toBeNull();
  expect(board.caption(A)).toBe('verdict 1');
  expect(captions(app)).toMatchObject({
    verify: 'verdict 1 *',
    fuse: 'verdict 2',
    rank: 'verdict 3',
  });
});

test('of verdicts beside it none is begun after a stop', async () => {
  const app = await openPage(world);
  await app.run.start();
  const again = new AgainState(app.run, app.notices);
  let asked = 0;
  world.judge = () => {
    asked += 1;
    app.run.stop();
    throw new DOMException('stopped', 'AbortError');
  };
  await again.judgeBeside(A, [{ mode: 'fuse' }, { mode: 'rank' }]);
  expect(asked).toBe(1);
  expect(captions(app)).toMatchObject({ verify: 'verdict 1 *', fuse: '', rank: '' });
});

test('two verdicts differ in the claims that they say', () => {
  const saying = (...claimIds: readonly string[]) =>
    ({ sentences: [{ text: '', claimIds, origin: 'supported' }] }) as unknown as Verdict;
  expect(claimDifference(saying('a', 'b', 'c'), saying('b', 'c', 'd', 'e'))).toEqual({
    common: 2,
    more: 1,
    fewer: 2,
  });
});
