import 'fake-indexeddb/auto';
import { clear } from 'idb-keyval';
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors';
import type { AppState } from '../../../src/state/app.svelte';
import { store } from '../../../src/storage/db';
import { saveImageList } from '../../../src/storage/image-list';
import { savedRun } from '../../../src/storage/runs';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from './open-page';

let world: FakeWorld;
const [A, B, C] = ['a', 'b', 'c'].map(image) as [
  ReturnType<typeof image>,
  ReturnType<typeof image>,
  ReturnType<typeof image>,
];

beforeEach(async () => {
  // What the test before has chosen is being written still.
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (const name of ['journal', 'runs', 'settings', 'images', 'edits'] as const)
    await clear(store(name));
  world = new FakeWorld();
  world.judge = (texts) => `A verdict on ${String(texts.length)}.`;
  await saveImageList([A, B]);
});

const asks = () => world.log.filter((line) => line.startsWith('ask'));
const progress = (app: AppState) => app.run.board?.progress;

/** Does something once, when the first answer about a picture is asked for. */
function when(name: string, act: () => void): void {
  let isDone = false;
  world.answer = ({ image: picture, prompt }) => {
    if (picture === name && !isDone) {
      isDone = true;
      act();
    }
    return prompt;
  };
}

describe('a run is added to', () => {
  test('while it works: pictures, and nothing is asked or loaded twice', async () => {
    const app = await openPage(world);
    let extended: Promise<void> | undefined;
    when('b', () => {
      app.images.replaceWith([A, B, C]);
      extended = app.run.extend();
    });
    await app.run.start();
    await extended;
    flushSync();
    expect(app.run.phase).toEqual({ kind: 'finished' });
    expect(progress(app)).toMatchObject({ total: 27, done: 27, verdictsDone: 3 });
    expect(app.runs.list).toHaveLength(1);
    expect(new Set(asks()).size).toBe(asks().length);
    expect(world.loads).toHaveLength(4);
    expect((await savedRun(app.run.board!.run.id))?.images).toHaveLength(3);
  });

  test('when it has ended: a model and a prompt, counted by themselves; old verdicts give way, accepted words stay', async () => {
    const app = await openPage(world);
    const [, , third] = app.setup.visionModels;
    app.setup.toggleModel(third!.id);
    await app.run.start();
    const board = app.run.board!;
    await board.accept(A.id, true);
    expect(app.run.addition).toBeNull();
    app.setup.toggleModel(third!.id);
    const [first] = app.setup.prompts.filter(
      ({ id }) => !app.setup.chosenPrompts.some((one) => one.id === id),
    );
    app.setup.togglePrompt(first!.id);
    flushSync();
    expect(app.run.addition).toMatchObject({ images: [], models: [{ id: third!.id }] });
    let seen: { settled: number; all: number } | undefined;
    world.answer = ({ prompt }) => {
      seen ??= app.run.units;
      return prompt;
    };
    await app.run.extend();
    expect(app.run.board).toBe(board);
    // Two models by three prompts were there; their verdicts are to be others.
    expect(seen).toEqual({ settled: 0, all: 2 * (3 * 4 - 2 * 3) + 2 });
    expect(progress(app)).toMatchObject({ total: 24, done: 24, verdictsDone: 2 });
    expect(board.caption(A.id)).toBe('A verdict on 6.');
    expect(board.isAccepted(A.id)).toBe(true);
    expect(board.caption(B.id)).toBe('A verdict on 12.');
    expect(app.run.units).toEqual({ settled: 26, all: 26 });
  });

  test('but not by other choices: those are another run', async () => {
    const app = await openPage(world);
    await app.run.start();
    app.setup.toggleModel(app.setup.visionModels[0]!.id);
    app.images.replaceWith([A, B, C]);
    flushSync();
    expect(app.run.addition).toBeNull();
  });
});

describe('left out while it works', () => {
  test('a picture: its rest is not done, it gets no verdict, and the run ends without it', async () => {
    const app = await openPage(world);
    let skipped: Promise<void> | undefined;
    when('a', () => {
      skipped = app.run.skip({ imageIds: [B.id] });
    });
    await app.run.start();
    await skipped;
    flushSync();
    expect(app.run.phase).toEqual({ kind: 'finished' });
    expect(progress(app)).toMatchObject({ total: 9, done: 9, skipped: 9, verdictsTotal: 1 });
    expect(app.run.board!.verdict(B.id)).toEqual({ status: 'skipped' });
    expect(asks().some((line) => line.includes(' b '))).toBe(false);

    const reloaded = await openPage(world);
    expect(reloaded.run.phase.kind).toBe('finished');
    await reloaded.run.takeBackSkips();
    expect(progress(reloaded)).toMatchObject({ total: 18, done: 18, skipped: 0, verdictsDone: 2 });
  });

  test('a model: it ends at once, the verdicts go by the others, and come anew when it is taken back', async () => {
    const app = await openPage(world);
    const [first] = app.setup.visionModels;
    let skipped: Promise<void> | undefined;
    when('a', () => {
      skipped = app.run.skip({ modelIds: [first!.id] });
    });
    await app.run.start();
    await skipped;
    expect(app.run.phase).toEqual({ kind: 'finished' });
    expect(progress(app)).toMatchObject({
      total: 12 + (18 - 12 - progress(app)!.skipped),
      failed: 0,
    });
    expect(app.run.board!.verdict(B.id)).toMatchObject({ verdict: { caption: 'A verdict on 6.' } });
    await app.run.takeBackSkips();
    expect(progress(app)).toMatchObject({ total: 18, done: 18, skipped: 0 });
    expect(app.run.board!.verdict(B.id)).toMatchObject({ verdict: { caption: 'A verdict on 9.' } });
  });
});

describe('a run', () => {
  test('is paused and goes on; a stop ends it too', async () => {
    const app = await openPage(world);
    when('a', () => app.run.pause());
    const made = app.run.start();
    await expect.poll(() => app.run.phase.kind).toBe('paused');
    await expect.poll(() => progress(app)?.running).toBe(0);
    expect(app.run.isActive).toBe(true);
    expect(app.settings.value.runGoing).toBe(false);
    const done = progress(app)!.done;
    expect(done).toBeGreaterThan(0);
    app.run.goOn();
    expect(app.run.phase.kind).toBe('running');
    app.run.pause();
    app.run.stop();
    await made;
    expect(app.run.phase.kind).toBe('stopped');
    await app.run.continue();
    expect(progress(app)).toMatchObject({ done: 18, verdictsDone: 2 });
  });

  test('tries what has failed again while it works', async () => {
    const app = await openPage(world);
    let retried: Promise<void> | undefined;
    const [first] = app.setup.visionModels;
    world.answer = ({ image: name, model, prompt }) => {
      if (model !== first!.id) return prompt;
      if (name === 'a' && retried === undefined) throw new AppError('image-truncated');
      if (name === 'b') retried ??= app.run.retryFailed();
      return prompt;
    };
    await app.run.start();
    await retried;
    expect(progress(app)).toMatchObject({
      done: 18,
      failed: 0,
      verdictsDone: 2,
      verdictsFailed: 0,
    });
  });
});
