import 'fake-indexeddb/auto';
import { clear, get } from 'idb-keyval';
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { toAsk } from '../../../src/core/again';
import { AppError } from '../../../src/core/errors';
import { store } from '../../../src/storage/db';
import { savedRun } from '../../../src/storage/runs';
import { saveImageList } from '../../../src/storage/image-list';
import { AgainState } from '../../../src/state/again.svelte';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage as openPageOf } from './open-page';

let world: FakeWorld;

const openPage = () => openPageOf(world);

beforeEach(async () => {
  for (const name of ['journal', 'runs', 'settings', 'images', 'edits'] as const)
    await clear(store(name));
  world = new FakeWorld();
  world.judge = () => 'A verdict.';
  await saveImageList([image('a'), image('b')]);
});

describe('the run on screen', () => {
  test('starts from the choices and ends with every cell done', async () => {
    const app = await openPage();
    await app.run.start();
    flushSync();
    expect(app.run.phase).toEqual({ kind: 'finished' });
    expect(app.run.board?.progress).toMatchObject({
      total: 18,
      done: 18,
      failed: 0,
      verdictsDone: 2,
    });
  });

  test('is on the disk as its schema reads it, with nothing beside', async () => {
    const app = await openPage();
    await app.run.start();
    const { id } = app.run.board!.run;
    const raw = await get<{ run: unknown }>(id, store('runs'));
    expect(raw!.run).toEqual(await savedRun(id));
  });

  test('is there again after a reload, with nothing done twice', async () => {
    const before = await openPage();
    await before.run.start();
    const saves = world.log.length;
    const after = await openPage();
    expect(after.run.phase.kind).toBe('finished');
    expect(after.run.board?.progress).toMatchObject({ done: 18, verdictsDone: 2 });
    expect(world.log).toHaveLength(saves);
  });

  test('is stopped while it is still being made', async () => {
    const app = await openPage();
    const made = app.run.start();
    expect(app.run.phase.kind).toBe('starting');
    app.run.stop();
    await made;
    expect(app.run.phase.kind).toBe('stopped');
    expect(app.run.board?.progress.done).toBe(0);
    await app.run.continue();
    expect(app.run.phase.kind).toBe('finished');
  });

  test('asks for the folders of its pictures before it goes on', async () => {
    const app = await openPage();
    const made = app.run.start();
    app.run.stop();
    await made;
    const order: string[] = [];
    vi.spyOn(app.access, 'allowFor').mockImplementation((images) => {
      order.push(`${String(images.length)} allowed in ${app.run.phase.kind}`);
      return Promise.resolve();
    });
    await app.continueRun();
    expect(order).toEqual(['2 allowed in stopped']);
    expect(app.run.phase.kind).toBe('finished');
  });

  test('stops, and goes on only when asked', async () => {
    const app = await openPage();
    world.answer = ({ image: name }) => {
      if (name === 'b') app.run.stop();
      return 'fine';
    };
    await app.run.start();
    expect(app.run.phase.kind).toBe('stopped');
    const done = app.run.board?.progress.done ?? 0;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(18);

    const reloaded = await openPage();
    expect(reloaded.run.phase.kind).toBe('stopped');
    expect(reloaded.run.board?.progress.done).toBe(done);
    world.answer = () => 'fine';
    await reloaded.run.continue();
    expect(reloaded.run.board?.progress).toMatchObject({ done: 18, verdictsDone: 2 });
  });

  test('goes on by itself when the page was closed in the middle', async () => {
    const app = await openPage();
    let asked = 0;
    world.answer = () => (++asked === 4 ? new Promise<string>(() => undefined) : 'fine');
    void app.run.start(); // never ends: the page is closed on it
    await expect.poll(() => asked).toBeGreaterThanOrEqual(4);
    await expect.poll(() => app.run.board?.progress.done ?? 0).toBeGreaterThan(2);
    world.answer = () => 'fine';
    const reloaded = await openPage();
    expect(reloaded.run.board?.progress).toMatchObject({ done: 18, verdictsDone: 2 });
  });

  test('tries failed cells again when asked, and judges with the new evidence', async () => {
    const app = await openPage();
    world.answer = ({ image: name }) => {
      if (name === 'a') throw new AppError('image-truncated');
      return 'fine';
    };
    await app.run.start();
    expect(app.run.board?.progress).toMatchObject({
      failed: 9,
      verdictsDone: 1,
      verdictsFailed: 1,
    });
    world.answer = () => 'fine';
    await app.run.retryFailed();
    expect(app.run.board?.progress).toMatchObject({ done: 18, failed: 0, verdictsDone: 2 });
  });

  test('of more pictures shows no less: what a person made of the same verdicts comes along', async () => {
    const before = await openPage();
    await before.run.start();
    await before.run.board!.write(image('a').id, 'My own words.');
    await before.run.board!.accept(image('b').id, true);
    await saveImageList([image('a'), image('b'), image('c')]);
    const app = await openPage();
    const first = app.run.board!.run.id;
    await app.run.start();
    expect(app.run.board!.run.id).not.toBe(first);
    const seen = () =>
      ['a', 'b', 'c'].map((name) => {
        const { id } = image(name);
        return [app.run.board!.caption(id), app.run.board!.edit(id).accepted];
      });
    const all = [
      ['My own words.', true],
      ['A verdict.', true],
      ['A verdict.', false],
    ];
    expect(seen()).toEqual(all);
    await (
      await app.run.reopen()
    )();
    expect(seen()).toEqual(all);
  });

  test('by other models keeps what a person wrote or accepted, and shows the other verdicts as they are', async () => {
    await saveImageList([image('a'), image('b'), image('c')]);
    const app = await openPage();
    await app.run.start();
    await app.run.board!.write(image('a').id, 'My own words.');
    await app.run.board!.accept(image('b').id, true);
    app.setup.toggleModel(app.setup.visionModels[0]!.id);
    world.judge = () => 'Another verdict.';
    await app.run.start();
    const board = app.run.board!;
    const [a, b, c] = ['a', 'b', 'c'].map((name) => image(name).id) as [string, string, string];
    expect([a, b, c].map((id) => board.caption(id))).toEqual([
      'My own words.',
      'A verdict.',
      'Another verdict.',
    ]);
    expect([a, b, c].map((id) => board.isAccepted(id))).toEqual([true, true, false]);
    expect(board.verdict(b)).toMatchObject({ verdict: { caption: 'Another verdict.' } });
    await board.write(b, null);
    expect([board.caption(b), board.isAccepted(b)]).toEqual(['Another verdict.', false]);
  });

  test('an acceptance is of the judge’s words: it stands while they do', async () => {
    const app = await openPage();
    await app.run.start();
    const board = app.run.board!;
    const [a, b] = [image('a').id, image('b').id];
    await board.accept(a, true);
    await board.accept(b, true);
    const again = new AgainState(app.run, app.notices);
    const sampling = { kind: 'sampled', seed: 1, temperature: 1, topP: 1 } as const;
    const decode = { maxNewTokens: 8, sampling };
    for (const id of [a, b]) await again.describe(toAsk(board.cellsOf(id), { decode }, Date.now()));
    await again.judge(a);
    expect(board.isAccepted(a)).toBe(true);
    world.judge = () => 'Another verdict.';
    await again.judge(b);
    expect([board.caption(b), board.isAccepted(b)]).toEqual(['Another verdict.', false]);
  });

  test('does not start with a part missing, and says which', async () => {
    const app = await openPage();
    for (const prompt of app.setup.chosenPrompts) app.setup.togglePrompt(prompt.id);
    expect(app.setup.missing).toEqual(['prompts']);
    await app.run.start();
    expect(app.run.phase.kind).toBe('none');
  });
});

describe('the choices', () => {
  test('are kept over a reload, custom prompts too, and a removed prompt comes back by undo', async () => {
    const app = await openPage();
    app.setup.toggleModel(app.setup.visionModels[0]!.id);
    app.setup.addPrompt('Birds', 'Which birds are there?');
    await expect.poll(async () => (await openPage()).setup.prompts.at(-1)?.title).toBe('Birds');
    const reloaded = await openPage();
    expect(reloaded.setup.chosenModels).toHaveLength(2);
    const birds = reloaded.setup.prompts.at(-1)!;
    reloaded.setup.removePrompt(birds.id);
    expect(reloaded.setup.prompts).not.toContainEqual(birds);
    reloaded.notices.list[0]?.action?.run();
    expect(reloaded.setup.prompts).toContainEqual(birds);
    expect(reloaded.setup.chosenPrompts).toContainEqual(birds);
  });

  test('removing pictures can be undone, in their old order', async () => {
    const app = await openPage();
    app.images.remove(new Set(['id-a']));
    expect(app.images.items.map(({ name }) => name)).toEqual(['b']);
    app.notices.list[0]?.action?.run();
    expect(app.images.items.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('a file that is refused gets a row of its own, once', async () => {
    const app = await openPage();
    const file = new File([], 'empty.png', { lastModified: 1 });
    await app.incoming.addFiles([file]);
    await app.incoming.addFiles([file]);
    expect(app.images.adding.refusals.map(({ name, error }) => [name, error.code])).toEqual([
      ['empty.png', 'image-empty'],
    ]);
  });
});
