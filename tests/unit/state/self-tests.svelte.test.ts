import 'fake-indexeddb/auto';
import { clear, set } from 'idb-keyval';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../../src/core/errors';
import { outcomeOf, SELF_TEST_DESCRIPTIONS, SELF_TEST_PROMPT } from '../../../src/core/self-test';
import { runTask } from '../../../src/engine/runner/runner';
import * as registry from '../../../src/models/registry';
import type { ModelSpec } from '../../../src/models/spec';
import { DeviceState } from '../../../src/state/device.svelte';
import { SelfTestsState } from '../../../src/state/self-tests.svelte';
import { SettingsState } from '../../../src/state/settings.svelte';
import { store } from '../../../src/storage/db';
import { FakeWorld, run, task } from '../engine/runner/fake-ports';

/** As a model of the Hub: the embedded ones are not tested by themselves. */
const HUB: ModelSpec = {
  ...registry.VISION_MODELS[0]!,
  id: 'one',
  revision: 'r',
  source: { kind: 'hub', repository: 'org/one' },
};
const JUDGE: ModelSpec = { ...HUB, ...registry.JUDGE_MODELS[0]!, id: 'judge', revision: 'r' };

vi.mock(import('../../../src/models/registry'), async (original) => {
  const real = await original();
  return { ...real, modelById: (id: string) => specs.get(id) ?? real.modelById(id) };
});
const specs = new Map<string, ModelSpec>();

const never = new AbortController().signal;
let world: FakeWorld;

beforeEach(async () => {
  await clear(store('settings'));
  world = new FakeWorld();
  specs.clear();
  specs.set('one', HUB);
  specs.set('judge', { ...JUDGE, source: HUB.source });
});

/** With a graphics device or without. */
function open(
  kind: 'none' | 'hardware' = 'none',
  picture = () => Promise.resolve(new Blob(['?'])),
) {
  const device = new DeviceState();
  vi.spyOn(device, 'plan').mockImplementation((choice) => ({
    device: kind === 'hardware' && choice !== 'wasm' ? 'webgpu' : 'wasm',
    lanes: 1,
    looksAhead: true,
    threads: 2,
  }));
  return new SelfTestsState({
    device,
    settings: new SettingsState(() => undefined),
    ports: {
      ...world.ports,
      ensureWeights: () => Promise.resolve(),
      selfTestPicture: picture,
    },
  });
}

const runPorts = (state: SelfTestsState) => ({
  ...world.ports,
  tryVision: state.ports.tryVision!,
  tryJudge: state.ports.tryJudge!,
});
const tests = () => world.log.filter((line) => line.includes(SELF_TEST_PROMPT));

describe('the test of a model', () => {
  test('asks one question about one picture, keeps the answer and ends its worker', async () => {
    const state = open();
    await state.test(HUB);
    expect(world.log).toEqual(['load one', 'look one ?', `ask one ? ${SELF_TEST_PROMPT}`]);
    expect(state.result(HUB)).toMatchObject({ outcome: { kind: 'passed' } });
    expect(world.alive.size).toBe(0);
    const reloaded = open();
    await reloaded.load([HUB]);
    expect(reloaded.result(HUB)).toEqual(state.result(HUB));
  });

  test('is one for each revision, precision and device', async () => {
    const state = open();
    await state.test(HUB);
    expect(state.result({ ...HUB, revision: 's' })).toBeUndefined();
    expect(state.result({ ...HUB, precision: 'q4' })).toBeUndefined();
    const onGpu = open('hardware');
    await onGpu.load([HUB]);
    expect(onGpu.result(HUB)).toBeUndefined();
  });

  test('warns of what is no text', async () => {
    world.answer = () => '!!!!!!!!';
    const state = open();
    await state.test(HUB);
    expect(state.result(HUB)?.outcome).toEqual({ kind: 'degenerate', why: 'no-letters' });
  });

  test('on the graphics device is compared with the CPU where the model is small', async () => {
    world.answer = ({ worker }) => (worker === 1 ? 'A street at night.' : 'Two cats and one dog.');
    const state = open('hardware');
    await state.test(HUB);
    expect(state.result(HUB)).toMatchObject({
      outcome: { kind: 'different' },
      text: 'A street at night.',
      cpuText: 'Two cats and one dog.',
    });
    expect(world.loads.map(({ device }) => device)).toEqual(['webgpu', 'wasm']);
    expect(world.alive.size).toBe(0);
    world.loads.length = 0;
    specs.set('two', { ...HUB, id: 'two', files: [{ path: 'x', bytes: 300_000_001, sha256: '' }] });
    await state.test(specs.get('two')!);
    expect(world.loads.map(({ device }) => device)).toEqual(['webgpu']);
  });

  test('goes by the answer alone where the CPU can’t run the model', async () => {
    world.onLoad = ({ device }) => {
      if (device === 'wasm') throw new AppError('out-of-memory');
    };
    const state = open('hardware');
    await state.test(HUB);
    expect(state.result(HUB)?.outcome).toEqual({ kind: 'passed' });
    expect(world.alive.size).toBe(0);
  });

  test('that could not be done is said, and is no result', async () => {
    world.onLoad = () => {
      throw new AppError('out-of-memory', 'x');
    };
    const state = open();
    await state.test(HUB);
    expect(state.result(HUB)).toBeUndefined();
    expect(state.error(HUB)).toEqual({ code: 'out-of-memory', detail: 'x' });
    expect(state.isRunning(HUB)).toBe(false);
    expect(world.alive.size).toBe(0);
  });

  test('of a judge gives it three descriptions', async () => {
    const state = open();
    await state.test(JUDGE);
    expect(state.result(JUDGE)).toMatchObject({
      outcome: { kind: 'passed' },
      text: SELF_TEST_DESCRIPTIONS.map(({ text }) => text).join('; '),
    });
  });

  test('that was kept by something else is done again', async () => {
    await set(`self-test|one|r|${HUB.precision}|wasm`, { version: 9 }, store('settings'));
    const state = open();
    await state.load([HUB]);
    expect(state.result(HUB)).toBeUndefined();
  });
});

describe('before its first run here', () => {
  const only = () => run({ models: [{ id: 'one', revision: 'r', precision: 'q8' }] });

  test('a model of the Hub is tested once, in the worker of the run, and the run goes on', async () => {
    const state = open();
    const work = await task(only());
    await runTask(work, runPorts(state), world.events, never);
    expect(tests()).toHaveLength(1);
    expect(world.loads.map(({ modelId }) => modelId).sort()).toEqual(['judge', 'one']);
    expect(world.statusOf(work.cells)).toEqual(Array(4).fill('done'));
    expect(state.result({ ...JUDGE, precision: 'q8' })).toBeDefined();
    const later = open();
    await runTask(work, runPorts(later), world.events, never);
    expect(tests()).toHaveLength(1);
    expect(later.result(HUB)).toBeDefined();
  });

  test('a model that comes with the app is not', async () => {
    specs.clear();
    specs.set('one', { ...HUB, source: { kind: 'page', basePath: '' } });
    await runTask(await task(only()), runPorts(open()), world.events, never);
    expect(tests()).toEqual([]);
  });

  test('a picture that can’t be had does not keep it from running', async () => {
    const state = open('none', () => Promise.reject(new AppError('network')));
    const work = await task(only());
    await runTask(work, runPorts(state), world.events, never);
    expect(tests()).toEqual([]);
    expect(world.statusOf(work.cells)).toEqual(Array(4).fill('done'));
  });
});

test('an answer is judged by itself where the CPU’s is no text', () => {
  expect(outcomeOf('Two cats.', '!!!!')).toEqual({ kind: 'passed' });
  expect(outcomeOf('!!!!', 'Two cats.')).toEqual({ kind: 'degenerate', why: 'no-letters' });
});
