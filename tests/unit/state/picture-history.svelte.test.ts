import 'fake-indexeddb/auto';
import { clear } from 'idb-keyval';
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { withAgain } from '../../../src/core/again';
import { AgainState } from '../../../src/state/again.svelte';
import type { AppState } from '../../../src/state/app.svelte';
import { CaptionChanges } from '../../../src/state/caption-changes';
import {
  historyElsewhere,
  historyOf,
  newestFirst,
  type PictureEvent,
} from '../../../src/state/picture-history';
import { isRejudged } from '../../../src/state/own-words';
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
  let answers = 0;
  world.answer = () => `answer ${String(++answers)}`;
  await saveImageList([image('a')]);
});

/** A page with a finished run of one prompt and two models. */
async function finished(): Promise<AppState> {
  const app = await openPage(world);
  for (const { id } of app.setup.chosenPrompts.slice(1)) app.setup.togglePrompt(id);
  for (const { id } of app.setup.chosenModels.slice(2)) app.setup.toggleModel(id);
  await app.run.start();
  flushSync();
  return app;
}

/** Times are in milliseconds: what a person does takes longer. */
const later = () => new Promise((resolve) => setTimeout(resolve, 5));

async function askAgain(app: AppState): Promise<void> {
  await later();
  const [cell] = app.run.board!.cellsOf(A);
  const { place, prompt, model } = cell!;
  const sampling = { kind: 'sampled', seed: 1, temperature: 0.7, topP: 0.9 } as const;
  const decode = { maxNewTokens: 8, sampling };
  await app.run.ask((run) => withAgain(run, [{ place, model, prompt, decode, askedAt: 1 }]));
  await later();
}

const againOf = ({ run, notices }: AppState) => new AgainState(run, notices);
const changes = (app: AppState) =>
  new CaptionChanges(app.run.board!, A, { notices: app.notices, again: againOf(app) });
const undo = async (app: AppState) => {
  app.notices.list.at(-1)!.action!.run();
  await later();
};

function line(event: PictureEvent): string {
  switch (event.kind) {
    case 'described':
      return `described ${event.isAgain ? 'again ' : ''}${event.description.text}`;
    case 'judged':
      return `judged ${event.isAgain ? 'again ' : ''}${event.isStanding ? '*' : ''}`;
    case 'wrote':
      return `wrote ${event.text ?? 'nothing'}${event.isStanding ? ' *' : ''}`;
    case 'accepted':
      return event.accepted ? 'accepted' : 'taken back';
    case 'elsewhere':
      return `elsewhere ${event.caption.text}`;
    default:
      return event.kind;
  }
}

const seen = (app: AppState) => historyOf(app.run.board!, A).map(line);

describe('the history of a picture', () => {
  test('has everything that was made, in the order of time, newest first', async () => {
    const app = await finished();
    expect(seen(app)).toEqual(['judged *', 'described answer 2', 'described answer 1']);
    await askAgain(app);
    await againOf(app).judge(A);
    await later();
    await changes(app).write('Mine.');
    await later();
    await changes(app).accept(false);
    const all = [
      'taken back',
      'wrote Mine. *',
      'judged again *',
      'described again answer 3',
      'judged ',
      'described answer 2',
      'described answer 1',
    ];
    expect(seen(app)).toEqual(all);
    expect(seen(await openPage(world))).toEqual(all);
  });

  test('earlier words stand again, and undo is as if nothing had been', async () => {
    const app = await finished();
    const board = app.run.board!;
    await changes(app).write('First.');
    await later();
    await changes(app).write('Second.');
    await changes(app).accept(false);
    const before = board.edit(A);
    await later();
    await changes(app).putBack('First.');
    expect(board.caption(A)).toBe('First.');
    await undo(app);
    expect(board.edit(A)).toEqual(before);
    await changes(app).putBack(null);
    expect(board.caption(A)).toBe('answer 1; answer 2');
    await undo(app);
    expect((await openPage(world)).run.board!.edit(A)).toEqual(before);
  });

  test('an earlier verdict stands again, which is told, and undo brings the later one and its acceptance', async () => {
    const app = await finished();
    const board = app.run.board!;
    await askAgain(app);
    await againOf(app).judge(A);
    const second = board.caption(A);
    await changes(app).accept(true);
    await later();
    await changes(app).putBackVerdict(board.pastVerdicts(A)[0]!.cellKeys);
    expect(board.caption(A)).toBe('answer 1; answer 2');
    expect(board.isAccepted(A)).toBe(false);
    expect(historyOf(board, A)[0]).toMatchObject({
      kind: 'chosen',
      verdict: { caption: 'answer 1; answer 2' },
    });
    await undo(app);
    await expect.poll(() => board.isAccepted(A)).toBe(true);
    expect(board.caption(A)).toBe(second);
  });

  test('an earlier answer counts again, and undo lets the later one count', async () => {
    const app = await finished();
    const board = app.run.board!;
    await askAgain(app);
    const [standing] = board.cellsOf(A);
    const [own] = board.takesOf(standing!);
    await changes(app).putBackAnswer(own!, standing!);
    expect(board.cellsOf(A)[0]!.key).toBe(own!.key);
    await undo(app);
    await expect.poll(() => board.cellsOf(A)[0]!.key).toBe(standing!.key);
  });

  test('knows the captions of other runs, and verdicts whose answers nobody names any more', async () => {
    world.answer = ({ model }) => {
      if (model.endsWith('phi3-v')) throw new Error('no');
      return model;
    };
    const app = await finished();
    const partial = app.run.board!.caption(A)!;
    world.answer = ({ model }) => model;
    await app.run.retryFailed();
    await changes(app).write('Mine.');
    const elsewhere = async () => {
      const { board } = app.run;
      return newestFirst(await historyElsewhere(app.runs.list, board!, image('a')));
    };
    expect(await elsewhere()).toMatchObject([
      { kind: 'judged-before', verdict: { caption: partial } },
    ]);
    await later();
    app.setup.toggleModel(app.setup.chosenModels[0]!.id);
    await app.run.start();
    expect((await elsewhere()).map(line)).toEqual(['elsewhere Mine.', 'judged-before']);
  });
});

describe('own words', () => {
  test('stay the caption when the verdict is made again, and it is known that it was', async () => {
    const app = await finished();
    const board = app.run.board!;
    await changes(app).write('Mine.');
    expect(isRejudged(board, A)).toBe(false);
    await askAgain(app);
    expect(isRejudged(board, A)).toBe(false);
    await againOf(app).judge(A);
    expect([board.caption(A), isRejudged(board, A)]).toEqual(['Mine.', true]);
    expect(board.edit(A).accepted).toBe(true);
    const reloaded = await openPage(world);
    expect(isRejudged(reloaded.run.board!, A)).toBe(true);
    await later();
    await changes(app).write('Mine, too.');
    expect(isRejudged(board, A)).toBe(false);
  });

  test('are known to be older than a verdict from answers that had failed before', async () => {
    world.answer = ({ model }) => {
      if (model.endsWith('phi3-v')) throw new Error('no');
      return model;
    };
    const app = await finished();
    await changes(app).write('Mine.');
    await later();
    world.answer = ({ model }) => model;
    await app.run.retryFailed();
    expect(app.run.board!.caption(A)).toBe('Mine.');
    expect(isRejudged(app.run.board!, A)).toBe(true);
  });

  test('go along into a run of more pictures, also from a verdict that was made again there', async () => {
    const app = await finished();
    await changes(app).write('Mine.');
    await askAgain(app);
    await againOf(app).judge(A);
    await saveImageList([image('a'), image('b')]);
    const next = await openPage(world);
    await next.run.start();
    expect(next.run.board!.caption(A)).toBe('Mine.');
    expect(isRejudged(next.run.board!, A)).toBe(false);
  });
});
