import 'fake-indexeddb/auto';
import { clear } from 'idb-keyval';
import { flushSync } from 'svelte';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors';
import { toManifest } from '../../../src/core/manifest';
import { wayName } from '../../../src/core/judge-way';
import { addModels, removeModel, VISION_MODELS } from '../../../src/models/registry';
import { fromManifestFile } from '../../../src/exports/manifest-file';
import { acceptedPictures } from '../../../src/state/accepted-pictures';
import { AgainState } from '../../../src/state/again.svelte';
import type { AppState } from '../../../src/state/app.svelte';
import { LearningState } from '../../../src/state/learning.svelte';
import { modeRows } from '../../../src/state/mode-rows';
import { isRejudged } from '../../../src/state/own-words';
import { store } from '../../../src/storage/db';
import { forgetEverything } from '../../../src/storage/forget';
import { saveImageList } from '../../../src/storage/image-list';
import { recordKeys } from '../../../src/storage/journal';
import { saveLearned, savedLearned } from '../../../src/storage/learned';
import { savedRun } from '../../../src/storage/runs';
import { lessonFrom } from '../../../workers/engine/learn';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from './open-page';

const ALL = ['journal', 'packs', 'runs', 'settings', 'images', 'edits'] as const;
const NAMES = 'abcdefgh'.split('');
const RIGHT = 'tiny/right';
const WRONG = 'tiny/wrong';
const never = new AbortController().signal;

let world: FakeWorld;

beforeAll(() => {
  const [embedded] = VISION_MODELS;
  const { calibration, checks, ...rest } = embedded!;
  expect(calibration).toBeDefined();
  expect(checks).toBeDefined();
  addModels([RIGHT, WRONG].map((id) => ({ ...rest, id, name: id })));
});
afterAll(() => [RIGHT, WRONG].forEach(removeModel));

beforeEach(async () => {
  for (const name of ALL) await clear(store(name));
  world = new FakeWorld();
  world.answer = ({ model }) => (model === RIGHT ? 'Two dogs.' : 'Three dogs and a cat.');
  world.judge = () => 'Two dogs and a cat.';
  await saveImageList(NAMES.map(image));
});

/** A page with a finished run of two models that nobody has measured, and one prompt. */
async function finished(modelIds: readonly string[] = [RIGHT, WRONG]): Promise<AppState> {
  const app = await openPage(world);
  app.setup.chooseModels(modelIds);
  app.settings.change({ promptIds: ['short'], judgeMode: 'select' });
  await app.run.start();
  flushSync();
  return app;
}

const idOf = (name: string): string => image(name).id;

/** The captions of these are a person's words. */
async function correct(app: AppState, names: readonly string[], text = 'Two dogs.'): Promise<void> {
  for (const name of names) await app.run.board!.write(idOf(name), text);
}

const learningOf = (app: AppState) =>
  new LearningState(app, (pictures, onRead) => lessonFrom(pictures, onRead));

/** A page on which models count by the captions of some pictures. */
async function learned(app: AppState): Promise<LearningState> {
  await correct(app, NAMES.slice(0, 6));
  const learning = learningOf(app);
  await learning.look(never);
  await learning.use();
  return learning;
}

const acceptedCount = (app: AppState) =>
  NAMES.filter((name) => app.run.board!.isAccepted(idOf(name))).length;
const nameNow = (app: AppState) => app.run.board!.run.calibrated?.at(-1)?.name ?? '';
const captions = (app: AppState) => NAMES.map((name) => app.run.board!.caption(idOf(name)));
const ways = async () =>
  [...new Set((await recordKeys()).flatMap((key) => (key.startsWith('verdict') ? [key.split('|')[6]!] : [])))].sort(); // prettier-ignore

describe('what accepted captions tell', () => {
  test('is read with what models said, and with what a person has struck out', async () => {
    const app = await finished();
    expect(acceptedCount(app)).toBe(0);
    expect(await acceptedPictures(app.runs.list)).toEqual([]);
    await correct(app, ['a']);
    await app.run.board!.accept(idOf('b'), true);
    await app.run.board!.write(idOf('c'), 'A horse.');
    await app.run.board!.accept(idOf('c'), false);
    expect(acceptedCount(app)).toBe(2);
    const texts = [RIGHT, WRONG].map((modelId) => ({
      modelId,
      promptId: 'short',
      text: modelId === RIGHT ? 'Two dogs.' : 'Three dogs and a cat.',
    }));
    expect(await acceptedPictures(app.runs.list)).toEqual([
      { texts, caption: 'Two dogs.', before: 'Two dogs and a cat.', checks: [] },
      { texts, caption: 'Two dogs and a cat.', checks: [] },
    ]);
  });

  test('counts a picture once, where several runs have it', async () => {
    const app = await finished();
    await correct(app, ['a', 'b']);
    app.setup.chooseJudgeMode('consensus');
    await app.run.start();
    expect(app.runs.list).toHaveLength(2);
    expect(acceptedCount(app)).toBe(2);
    expect(await acceptedPictures(app.runs.list)).toHaveLength(2);
  });

  test('is nothing where every model comes with the app', async () => {
    const app = await finished(VISION_MODELS.slice(0, 2).map(({ id }) => id));
    await correct(app, ['a', 'b']);
    expect(await acceptedPictures(app.runs.list)).toEqual([]);
  });

  test('makes one model count more and the other less, and is kept only when it is used', async () => {
    const app = await finished();
    await correct(app, NAMES.slice(0, 6));
    const learning = learningOf(app);
    const looking = learning.look(never);
    expect(learning.progress).toEqual({ read: 0, all: 0 });
    await looking;
    expect(learning.progress).toBeNull();
    expect(learning.found?.from).toMatchObject({
      kind: 'captions',
      pictures: 6,
      tallies: { [RIGHT]: { right: 12, wrong: 0 }, [WRONG]: { right: 6, wrong: 12 } },
    });
    expect(await savedLearned()).toBeNull();
    await learning.use();
    expect(await savedLearned()).toEqual(learning.found);
    // Undone where it is told.
    expect(app.notices.undoLast()).toBe(true);
    await expect.poll(savedLearned).toBeNull();
    expect(learning.kept).toBeNull();
  });

  test('an error is told, and an end in the middle is none', async () => {
    const app = await finished();
    const broken = new LearningState(app, () => Promise.reject(new AppError('worker-died', '')));
    await broken.look(never);
    expect(broken.error?.code).toBe('worker-died');
    const ended = new AbortController();
    const learning = learningOf(app);
    const looking = learning.look(ended.signal);
    ended.abort();
    await looking;
    expect(learning.error).toBeNull();
    expect(learning.found).toBeNull();
  });
});

describe('a run', () => {
  test('that is made from then on carries it, and is judged by it without describing again', async () => {
    const app = await finished();
    const learning = await learned(app);
    const asks = world.log.filter((line) => line.startsWith('ask')).length;
    await app.run.start();
    expect(world.log.filter((line) => line.startsWith('ask'))).toHaveLength(asks);
    const { calibrated, id } = app.run.board!.run;
    expect(calibrated).toMatchObject([{ calibrations: learning.kept!.calibrations }]);
    expect((await savedRun(id))?.calibrated).toEqual(calibrated);
    const last = world.requests.at(-1)!;
    expect(last.calibrations).toEqual(learning.kept!.calibrations);
    expect(await ways()).toEqual(['select', `select~by-${nameNow(app)}`]);
    expect(await learning.isOther()).toBe(false);
    // What was accepted is still.
    expect(acceptedCount(app)).toBe(6);
    await learning.forget();
    expect(await learning.isOther()).toBe(true);
    const judged = world.requests.length;
    await app.run.start();
    expect(app.run.board!.run.calibrated).toBeUndefined();
    expect(world.requests).toHaveLength(judged);
  });

  test('of models that come with the app carries nothing', async () => {
    const app = await finished();
    await learned(app);
    app.setup.chooseModels(VISION_MODELS.slice(0, 2).map(({ id }) => id));
    await app.run.start();
    expect(app.run.board!.run.calibrated).toBeUndefined();
  });

  test('on screen is judged again by it; accepted words stay, and old verdicts too', async () => {
    const app = await finished();
    await app.run.board!.accept(idOf('g'), true);
    const learning = await learned(app);
    expect(await learning.isOther()).toBe(true);
    world.judge = () => 'Two dogs.';
    await learning.judgeAgain();
    flushSync();
    expect(app.run.phase.kind).toBe('finished');
    expect(captions(app)).toEqual([
      ...NAMES.slice(0, 6).map(() => 'Two dogs.'),
      'Two dogs and a cat.',
      'Two dogs.',
    ]);
    const board = app.run.board!;
    expect(acceptedCount(app)).toBe(7);
    expect(board.pastVerdicts(idOf('h')).map(({ verdict, way }) => [verdict.caption, wayName(way)])).toEqual([
      ['Two dogs and a cat.', 'select'],
    ]); // prettier-ignore
    // Another mode is then by the same.
    const select = modeRows(board, idOf('h')).find(({ mode }) => mode === 'select')!;
    expect(select).toMatchObject({ isStanding: true, way: { calibration: nameNow(app) } });
    const fuse = modeRows(board, idOf('h')).find(({ mode }) => mode === 'fuse')!;
    expect(wayName(fuse.swappedWay)).toBe(`fuse~reversed~by-${nameNow(app)}`);
    expect(isRejudged(board, idOf('g'))).toBe(true);
    expect(await learning.isOther()).toBe(false);

    // Over a reload, and back again without any work.
    const reloaded = await openPage(world);
    expect(captions(reloaded)).toEqual(captions(app));
    expect(reloaded.run.phase.kind).toBe('finished');
    const judged = world.requests.length;
    const later = learningOf(reloaded);
    await later.load();
    await later.forget();
    await later.judgeAgain();
    flushSync();
    expect(world.requests).toHaveLength(judged);
    expect(reloaded.run.board!.caption(idOf('h'))).toBe('Two dogs and a cat.');
    expect(reloaded.run.board!.pastVerdicts(idOf('h'))).toHaveLength(1);
  });

  test('an earlier verdict of it can be put back, and stays', async () => {
    const app = await finished();
    const learning = await learned(app);
    world.judge = () => 'Two dogs.';
    await learning.judgeAgain();
    const board = app.run.board!;
    const [past] = board.pastVerdicts(idOf('h'));
    await new AgainState(app.run, app.notices).judge(idOf('h'), past!.cellKeys, past!.way);
    flushSync();
    expect(board.caption(idOf('h'))).toBe('Two dogs and a cat.');
    expect(wayName(board.judgedWay(idOf('h')))).toBe('select');
    expect(board.pastVerdicts(idOf('h')).map(({ verdict }) => verdict.caption)).toEqual([
      'Two dogs.',
    ]);
  });

  test('says the same again from its manifest, where nobody has learned anything', async () => {
    const app = await finished();
    await learned(app);
    await app.run.start();
    const { run } = app.run.board!;
    const keys = new Set((await recordKeys()).filter((key) => key.includes('~by-')));
    expect(keys.size).toBe(NAMES.length);
    const file = new Blob([JSON.stringify(toManifest(run))]);
    for (const name of ALL) await clear(store(name));
    await saveImageList(NAMES.map(image));
    const other = await openPage(world);
    const notes = await other.setup.adopt(await fromManifestFile(file));
    expect(notes).toEqual([expect.stringContaining('Models count by what was learned')]);
    await other.run.start();
    expect(nameNow(other)).toBe(nameNow(app));
    expect(new Set((await recordKeys()).filter((key) => key.startsWith('verdict')))).toEqual(keys);
    expect(await other.setup.adopt(await fromManifestFile(file))).toEqual([]);
  });

  test('from a manifest whose models count alike does not count by what was learned here', async () => {
    const app = await finished();
    const manifest = toManifest(app.run.board!.run);
    await learned(app);
    expect(await app.setup.adopt(manifest)).toEqual([expect.stringContaining('count alike')]);
    expect(await savedLearned()).toBeNull();
  });
});

test('it is forgotten with the settings, and what can’t be read is nothing', async () => {
  const app = await finished();
  await learned(app);
  expect(await savedLearned()).not.toBeNull();
  const learnedNow = (await savedLearned())!;
  await saveLearned({ ...learnedNow, at: NaN });
  expect(await savedLearned()).toBeNull();
  await saveLearned(learnedNow);
  await forgetEverything({ weights: false, shell: false, settings: false });
  expect(await savedLearned()).not.toBeNull();
  await forgetEverything({ weights: false, shell: false, settings: true });
  expect(await savedLearned()).toBeNull();
});
