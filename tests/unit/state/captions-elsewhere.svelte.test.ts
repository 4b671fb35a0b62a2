import 'fake-indexeddb/auto';
import { clear } from 'idb-keyval';
import { beforeEach, expect, test } from 'vitest';
import { captionElsewhere } from '../../../src/state/captions-elsewhere';
import { store } from '../../../src/storage/db';
import { saveImageList } from '../../../src/storage/image-list';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from './open-page';

const [A, B] = [image('a'), image('b')];
let world: FakeWorld;

beforeEach(async () => {
  for (const name of ['journal', 'runs', 'settings', 'images', 'edits'] as const)
    await clear(store(name));
  world = new FakeWorld();
  world.judge = () => 'A verdict.';
  await saveImageList([A, B]);
});

test('what was accepted or edited in an older run is found, by the picture', async () => {
  const app = await openPage(world);
  await app.run.start();
  const older = app.run.board!;
  await older.write(A.id, 'Mine.');
  await older.accept(B.id, true);
  app.run.close();
  app.setup.togglePrompt(app.setup.chosenPrompts[0]!.id);
  await app.run.start();
  const { run } = app.run.board!;
  const find = (of: typeof A) => captionElsewhere(app.runs.list, run, of);
  const { name: runName } = older.run;
  const judged = older.caption(B.id);
  expect(judged).toBeDefined();
  expect(await find({ ...A, id: 'other' })).toEqual({ runName, text: 'Mine.', isAccepted: true });
  expect(await find(B)).toEqual({ runName, text: judged, isAccepted: true });
  await older.accept(A.id, false);
  expect(await find(A)).toEqual({ runName, text: 'Mine.', isAccepted: false });
  await older.write(A.id, null);
  expect(await find(A)).toBeUndefined();
  expect(await captionElsewhere(app.runs.list, older.run, B)).toBeUndefined();
});
