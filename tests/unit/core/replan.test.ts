import { describe, expect, test } from 'vitest';
import { withAgain } from '../../../src/core/again';
import { withoutForgotten } from '../../../src/core/forget';
import { judgesOf, latest, withDevices, withJudge, withReplanned } from '../../../src/core/replan';
import { cellsOf, type Run, type RunModel } from '../../../src/core/run';
import { run as runOf } from './fake-run';

const Q4: RunModel = { id: 'one', revision: 'r', precision: 'q4' };
const RUN = runOf();

const cellsOfModel = async (run: Run, id: string) =>
  (await cellsOf(run)).filter(({ modelId }) => modelId === id);

/** The run with model `one` in another form for its last three cells. */
async function replanned(to: RunModel = Q4): Promise<Run> {
  const places = (await cellsOfModel(RUN, 'one')).slice(1).map(({ key }) => key);
  return withReplanned(RUN, { places, to, plannedAt: 1 });
}

describe('a model that goes on in another precision', () => {
  test('keeps what it has answered; the rest are new cells of its own precision', async () => {
    const before = await cellsOfModel(RUN, 'one');
    const after = await cellsOfModel(await replanned(), 'one');
    expect(after.map(({ identity }) => identity.precision)).toEqual(['q8', 'q4', 'q4', 'q4']);
    expect(after[0]).toEqual(before[0]);
    expect(after.map(({ promptId, imageId }) => promptId + imageId)).toEqual(
      before.map(({ promptId, imageId }) => promptId + imageId),
    );
    for (const { key, place } of after) expect(place).toBe(key);
    expect(new Set([...before, ...after].map(({ key }) => key)).size).toBe(7);
  });

  test('leaves the other models as they are', async () => {
    expect(await cellsOfModel(await replanned(), 'two')).toEqual(await cellsOfModel(RUN, 'two'));
  });

  test('can do so again', async () => {
    const once = await replanned();
    const [, , third] = await cellsOfModel(once, 'one');
    const to = { ...Q4, precision: 'q2' };
    const twice = withReplanned(once, { places: [third!.key], to, plannedAt: 2 });
    const precisions = (await cellsOfModel(twice, 'one')).map(({ identity }) => identity.precision);
    expect(precisions).toEqual(['q8', 'q4', 'q2', 'q4']);
    expect(latest(twice, RUN.models[0]!)).toBe(to);
    expect(latest(twice, RUN.models[1]!)).toBe(RUN.models[1]);
  });

  test('on another device alone has the same cells, which know it', async () => {
    const moved = await cellsOfModel(await replanned({ ...RUN.models[0]!, device: 'wasm' }), 'one');
    expect(moved.map(({ key }) => key)).toEqual(
      (await cellsOfModel(RUN, 'one')).map(({ key }) => key),
    );
    expect(moved.map(({ model }) => model.device)).toEqual([undefined, 'wasm', 'wasm', 'wasm']);
  });

  test('takes along what was asked for in the place of an answer', async () => {
    const [, second] = await cellsOfModel(RUN, 'one');
    const decode = { maxNewTokens: 9, sampling: { kind: 'greedy' } } as const;
    const { key: place, model, prompt } = second!;
    const run = withAgain(await replanned(), [{ place, model, prompt, decode, askedAt: 1 }]);
    const [own, take] = (await cellsOfModel(run, 'one')).slice(1, 3);
    expect(own!.identity.precision).toBe('q4');
    expect(take!.identity.decode).toEqual(decode);
    expect(take!.place).toBe(own!.key);
  });

  test('does so no more for a picture that was forgotten', async () => {
    const forgotten = {
      kind: 'picture',
      sha256: RUN.images[0]!.sha256,
      runIds: [RUN.id],
      at: 0,
    } as const;
    const [left] = withoutForgotten([await replanned()], [forgotten]);
    expect(left!.replanned![0]!.places).toHaveLength(2);
    expect(await cellsOfModel(left!, 'one')).toHaveLength(2);
  });
});

test('the judge as it is now comes before what it was', () => {
  const q4 = { ...RUN.judge!, precision: 'q4' };
  const cpu = { ...q4, device: 'wasm' } as const;
  const run = withJudge(withJudge(RUN, q4), cpu);
  expect(run.judge).toBe(cpu);
  expect(judgesOf(run)).toEqual([cpu, q4, RUN.judge]);
  const none = runOf({ judge: null });
  expect(withJudge(none, q4)).toBe(none);
  expect(judgesOf(none)).toEqual([]);
});

test('devices are changed where models have one of their own', async () => {
  const run = withJudge(await replanned({ ...Q4, device: 'webgpu' }), {
    ...RUN.judge!,
    device: 'webgpu',
  });
  const moved = withDevices(run, () => 'wasm');
  expect(moved.replanned![0]!.to.device).toBe('wasm');
  expect(moved.judge!.device).toBe('wasm');
  expect(withDevices(RUN, () => 'webgpu')).toEqual(RUN);
});
