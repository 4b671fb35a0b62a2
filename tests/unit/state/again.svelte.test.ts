import 'fake-indexeddb/auto';
import { clear } from 'idb-keyval';
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { withAgain, withJudgedAgain } from '../../../src/core/again';
import type { DecodeSettings } from '../../../src/core/decode';
import { toJsonLines } from '../../../src/exports/json-lines';
import { NO_FRAME } from '../../../src/exports/results';
import type { AppState } from '../../../src/state/app.svelte';
import type { RunBoard } from '../../../src/state/run-board.svelte';
import { gatherProject, restoreProject } from '../../../src/storage/project';
import { changeRun, savedRun } from '../../../src/storage/runs';
import { store } from '../../../src/storage/db';
import { saveImageList } from '../../../src/storage/image-list';
import { savedSettings } from '../../../src/storage/settings';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from './open-page';

let world: FakeWorld;
const A = image('a').id;
const ALL = ['journal', 'runs', 'settings', 'images', 'edits'] as const;

beforeEach(async () => {
  for (const name of ALL) await clear(store(name));
  world = new FakeWorld();
  let answers = 0;
  world.answer = () => `answer ${String(++answers)}`;
  await saveImageList([image('a'), image('b')]);
});

const sampled = (seed: number): DecodeSettings => ({
  maxNewTokens: 8,
  sampling: { kind: 'sampled', seed, temperature: 0.7, topP: 0.9 },
});

/** A page with a finished run. */
async function finished(): Promise<AppState> {
  const app = await openPage(world);
  await app.run.start();
  flushSync();
  return app;
}

const firstCell = (board: RunBoard) => board.cellsOf(A)[0]!;

/** Has the first answer about the first picture made again. */
function askAgain(app: AppState, decode: DecodeSettings = sampled(1)): Promise<void> {
  const { place, prompt } = firstCell(app.run.board!);
  const model = app.run.board!.run.models[0]!;
  return app.run.ask((run) => withAgain(run, [{ place, model, prompt, decode, askedAt: 1 }]));
}

function judgeAgain(app: AppState, cellKeys?: readonly string[]): Promise<void> {
  const board = app.run.board!;
  const keys = cellKeys ?? board.standingKeys(A);
  return app.run.ask((run) =>
    withJudgedAgain(run, { imageId: A, cellKeys: keys, askedAt: Date.now() }),
  );
}

const textOf = (board: RunBoard, key: string) => {
  const state = board.state(key);
  return state.status === 'done' ? state.description.text : state.status;
};

const verdictOf = (board: RunBoard) => {
  const state = board.verdict(A);
  return state?.status === 'done' ? state.verdict.caption : state?.status;
};

/** All that a person sees of the first picture. */
const seen = (board: RunBoard) => ({
  takes: board.takesOf(firstCell(board)).map(({ key }) => textOf(board, key)),
  standing: textOf(board, firstCell(board).key),
  verdict: verdictOf(board),
  past: board.pastVerdicts(A).map(({ verdict }) => verdict.caption),
  isOutdated: board.isOutdated(A),
});

describe('describing again', () => {
  test('keeps the old answer beside the new one, and marks the verdict', async () => {
    const app = await finished();
    const before = seen(app.run.board!);
    expect(before).toMatchObject({ isOutdated: false, past: [] });
    await askAgain(app);
    const after = seen(app.run.board!);
    expect(after.takes).toHaveLength(2);
    expect(after.takes[0]).toBe(before.standing);
    expect(after.standing).toBe(after.takes[1]);
    expect(after).toMatchObject({ verdict: before.verdict, isOutdated: true });
    expect(app.run.board!.progress).toMatchObject({ total: 18, done: 18, verdictsDone: 2 });
    expect(app.run.phase.kind).toBe('finished');
  });

  test('is judged again when asked, and both verdicts stay, over a reload too', async () => {
    const app = await finished();
    const { verdict: old } = seen(app.run.board!);
    await askAgain(app);
    await judgeAgain(app);
    const after = seen(app.run.board!);
    expect(after).toMatchObject({ past: [old], isOutdated: false });
    expect(after.verdict).toContain(after.standing);
    expect(after.verdict).not.toBe(old);
    const log = world.log.length;
    const reloaded = await openPage(world);
    expect(seen(reloaded.run.board!)).toEqual(after);
    expect(reloaded.run.phase.kind).toBe('finished');
    expect(world.log).toHaveLength(log);
  });

  test('an earlier answer and an earlier verdict stand again without any work', async () => {
    const app = await finished();
    const before = seen(app.run.board!);
    await askAgain(app);
    await judgeAgain(app);
    const { verdict: second } = seen(app.run.board!);
    const asks = () => world.log.filter((line) => /^(ask|save)/u.test(line)).length;
    const done = asks();
    await askAgain(app, app.run.board!.run.decode);
    await judgeAgain(app, app.run.board!.pastVerdicts(A)[0]!.cellKeys);
    expect(asks()).toBe(done);
    const after = seen(app.run.board!);
    expect(after).toMatchObject({
      standing: before.standing,
      verdict: before.verdict,
      past: [second],
      isOutdated: false,
    });
  });

  test('waits while the run goes on, and is done after it', async () => {
    const app = await openPage(world);
    const decided = new Promise<void>((resolve) => {
      let asked = 0;
      world.answer = async () => {
        asked += 1;
        if (asked === 3) {
          await askAgain(app);
          expect(app.run.phase.kind).toBe('running');
          expect(app.run.board!.progress.total).toBe(19);
          resolve();
        }
        return `answer ${String(asked)}`;
      };
    });
    await app.run.start();
    await decided;
    expect(app.run.phase.kind).toBe('finished');
    expect(seen(app.run.board!).takes).not.toContain('waiting');
    expect(app.run.board!.progress).toMatchObject({ total: 18, done: 18, verdictsDone: 2 });
  });

  test('stops, waits over a reload, and goes on when asked', async () => {
    const app = await finished();
    const { answer } = world;
    world.answer = () => {
      app.run.stop();
      return 'too late';
    };
    await askAgain(app);
    expect(app.run.phase.kind).toBe('stopped');
    expect(seen(app.run.board!).takes[1]).toBe('waiting');
    world.answer = answer;
    // Settings are written behind what is on screen.
    await expect.poll(async () => (await savedSettings()).runGoing).toBe(false);
    const reloaded = await openPage(world);
    expect(reloaded.run.phase.kind).toBe('stopped');
    await reloaded.run.continue();
    expect(seen(reloaded.run.board!)).toMatchObject({ isOutdated: true });
    expect(seen(reloaded.run.board!).takes[1]).toMatch(/^answer/u);
  });

  test('of a run that was stopped leaves the rest of it waiting', async () => {
    const app = await openPage(world);
    world.answer = ({ image: name }) => {
      if (name === 'b') app.run.stop();
      return 'fine';
    };
    await app.run.start();
    const { done } = app.run.board!.progress;
    world.answer = () => {
      expect(app.settings.value.runGoing).toBe(false);
      return 'again';
    };
    await askAgain(app);
    expect(app.run.phase.kind).toBe('stopped');
    expect(seen(app.run.board!).standing).toBe('again');
    expect(app.run.board!.progress.done).toBe(done);
    world.answer = () => 'fine';
    await app.run.continue();
    expect(app.run.board!.progress).toMatchObject({ done: 18, verdictsDone: 2 });
  });

  test('that fails leaves the old answer standing, and can be tried again', async () => {
    const app = await finished();
    const { standing } = seen(app.run.board!);
    const { answer } = world;
    world.answer = () => '  ';
    await askAgain(app);
    expect(seen(app.run.board!)).toMatchObject({ standing, isOutdated: false });
    expect(seen(app.run.board!).takes).toEqual([standing, 'failed']);
    expect(app.run.board!.progress).toMatchObject({ total: 18, failed: 0 });
    world.answer = answer;
    await app.run.retry(app.run.board!.takesOf(firstCell(app.run.board!))[1]!.key);
    expect(seen(app.run.board!).standing).toMatch(/^answer/u);
  });

  test('keeps what another tab asked for meanwhile', async () => {
    const app = await finished();
    const { run } = app.run.board!;
    const [model] = run.models;
    const { place, prompt } = firstCell(app.run.board!);
    const other = { place, model: model!, prompt, decode: sampled(9), askedAt: 1 };
    await changeRun(run.id, (kept) => withAgain(kept, [other]));
    await askAgain(app);
    expect((await savedRun(run.id))?.again).toHaveLength(2);
    expect(seen(app.run.board!).takes).toHaveLength(3);
    expect(seen(app.run.board!).takes).not.toContain('waiting');
  });

  test('travels with the exports and with the project file', async () => {
    const app = await finished();
    const { verdict: old } = seen(app.run.board!);
    await askAgain(app);
    await judgeAgain(app);
    const before = seen(app.run.board!);
    const [line] = toJsonLines(app.run.board!.results(), NO_FRAME).split('\n');
    const row = JSON.parse(line!) as Record<string, unknown>;
    expect(row).toMatchObject({
      verdict: { caption: before.verdict },
      verdict_outdated: false,
      earlier_verdicts: [{ caption: old }],
      earlier_descriptions: [{ text: before.takes[0], decode: { sampling: { kind: 'greedy' } } }],
    });
    expect((row.descriptions as unknown[])[0]).toMatchObject({
      text: before.standing,
      decode: { sampling: { kind: 'sampled', seed: 1 } },
    });

    const project = await gatherProject([app.run.board!.run]);
    for (const name of ALL) await clear(store(name));
    await restoreProject(project);
    const brought = await openPage(world);
    await brought.openRun(brought.runs.list[0]!);
    expect(seen(brought.run.board!)).toEqual(before);
  });
});
