import 'fake-indexeddb/auto';
import { clear } from 'idb-keyval';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addModels, removeModel, VISION_MODELS } from '../../../src/models/registry';
import { store } from '../../../src/storage/db';
import { saveImageList } from '../../../src/storage/image-list';
import { CHECK, workKind } from '../../../src/core/progress';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from './open-page';

const GIB = 1024 ** 3;
const LARGE = ['large/one', 'large/two'];
let world: FakeWorld;

/** As `navigator` would say it. */
const has = (name: string, value: number) =>
  Object.defineProperty(navigator, name, { value, configurable: true });

beforeEach(async () => {
  for (const name of ['journal', 'runs', 'settings', 'images', 'edits'] as const)
    await clear(store(name));
  world = new FakeWorld();
  world.judge = () => 'A verdict.';
  await saveImageList([image('a'), image('b')]);
  const [spec] = VISION_MODELS;
  addModels(
    LARGE.map((id) => ({
      ...spec!,
      id,
      files: [{ path: 'onnx/model.onnx', bytes: 3 * GIB, sha256: '0'.repeat(64) }],
    })),
  );
  has('hardwareConcurrency', 4);
  has('deviceMemory', 8);
});

afterEach(() => {
  vi.unstubAllGlobals();
  for (const id of LARGE) removeModel(id);
});

async function page() {
  const app = await openPage(world);
  for (const { id } of app.setup.chosenModels) app.setup.toggleModel(id);
  for (const id of LARGE) app.setup.toggleModel(id);
  return app;
}

test('models that don’t fit together work one after the other, each with all cores', async () => {
  vi.stubGlobal('crossOriginIsolated', true);
  const app = await page();
  await app.run.start();
  expect(app.run.phase.kind).toBe('finished');
  const loaded = world.loads.map(({ modelId }) => modelId);
  expect(loaded.slice(0, 3)).toEqual(['large/one', 'large/two', 'large/one']);
  expect(new Set(world.loads.map(({ threads }) => threads))).toEqual(new Set([4]));
  expect(app.run.board!.run.threads).toBe(4);
});

test('answers for claims that are still to come are in what is left', async () => {
  const app = await page();
  const left: number[] = [];
  world.check = ({ model }) => {
    const { board } = app.run;
    left.push(board!.open.get(workKind(model, CHECK)) ?? -1);
    return 0.5;
  };
  await app.run.start();
  // Two questions a picture: the first of two pictures, then the last.
  expect(left).toEqual([2, 2, 1, 1, 2, 2, 1, 1]);
  expect(app.run.timeLeftMs ?? 0).toBe(0);
});
