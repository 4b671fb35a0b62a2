import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { isAbort, toErrorData, type ErrorData } from '../core/errors';
import type { LoadTarget } from '../core/protocol';
import type { Device, RunModel } from '../core/run';
import {
  MOST_COMPARED_BYTES,
  selfTestKey,
  type SelfTestResult,
  type SelfTestSubject,
} from '../core/self-test';
import { NO_WISHES } from '../core/wishes';
import type { VisionPort } from '../engine/runner/types';
import { modelById } from '../models/registry';
import { precisionName } from '../models/parts';
import { modelBytes, type ModelSpec } from '../models/spec';
import { savedSelfTest, saveSelfTest } from '../storage/self-tests';
import type { DeviceState } from './device.svelte';
import type { EnginePorts } from './model-work.svelte';
import { toRunModel } from './run-plan';
import type { SettingsState } from './settings.svelte';

/** Not needed for the first look at the page. */
const tests = () => import('../engine/self-test');

interface Dependencies {
  readonly ports: EnginePorts;
  readonly device: DeviceState;
  readonly settings: SettingsState;
}

/**
 * Whether each model says something sensible on this device: asked once, before its first run there, or when somebody
 * wants to know. The answer is kept.
 */
export class SelfTestsState {
  readonly #deps: Dependencies;
  readonly #results = new SvelteMap<string, SelfTestResult>();
  readonly #running = new SvelteSet<string>();
  readonly #errors = new SvelteMap<string, ErrorData>();
  /** For the runner: tests a model that has just been loaded and never was tested here. */
  readonly ports: EnginePorts;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.ports = {
      ...deps.ports,
      tryVision: (model, target, worker, signal) =>
        this.#before(model, target, async () => {
          // A picture that can't be had is no reason not to run.
          const picture = await deps.ports.selfTestPicture().catch(() => undefined);
          return picture && this.#vision(target, worker, picture, signal);
        }),
      tryJudge: (model, target, worker, signal) =>
        this.#before(model, target, async () => (await tests()).testJudge(worker, signal)),
    };
  }

  /** Reads what is known of these models. */
  async load(specs: readonly ModelSpec[]): Promise<void> {
    const subjects = specs.flatMap((spec) =>
      (['webgpu', 'wasm'] as const).map((device) => ({ ...this.#subject(spec), device })),
    );
    for (const subject of subjects) {
      const result = await savedSelfTest(subject).catch(() => undefined);
      if (result !== undefined) this.#results.set(selfTestKey(subject), result);
    }
  }

  /** On the device that is chosen; undefined where it was not tested there. */
  result(spec: ModelSpec): SelfTestResult | undefined {
    return this.#results.get(selfTestKey(this.#subject(spec)));
  }

  isRunning({ id }: ModelSpec): boolean {
    return this.#running.has(id);
  }

  /** Why the last test could not be done. */
  error({ id }: ModelSpec): ErrorData | undefined {
    return this.#errors.get(id);
  }

  device(): Device {
    const { device, settings } = this.#deps;
    return device.plan(settings.value.device, 1, 1).device;
  }

  /** Tests a model now, in a worker of its own. */
  async test(spec: ModelSpec, signal = new AbortController().signal): Promise<void> {
    if (this.#running.has(spec.id)) return;
    this.#running.add(spec.id);
    this.#errors.delete(spec.id);
    const { ports } = this.#deps;
    const worker = spec.role === 'vision' ? ports.vision() : ports.judge();
    try {
      await ports.ensureWeights(spec, () => undefined, signal);
      const target = this.#target(spec);
      await worker.load(target, signal);
      const result =
        'look' in worker
          ? await this.#vision(target, worker, await ports.selfTestPicture(), signal)
          : await (await tests()).testJudge(worker, signal);
      await this.#keep(this.#subject(spec), result);
    } catch (error) {
      if (!isAbort(error)) this.#errors.set(spec.id, toErrorData(error));
    } finally {
      worker.stop();
      this.#running.delete(spec.id);
    }
  }

  /** Models that come with the app are tested where they are made. */
  async #before(
    { id, revision, precision }: RunModel,
    { device }: LoadTarget,
    test: () => Promise<SelfTestResult | undefined>,
  ): Promise<void> {
    const subject = { modelId: id, revision, precision, device };
    if (modelById(id)?.source.kind !== 'hub') return;
    const key = selfTestKey(subject);
    const saved = async () => savedSelfTest(subject).catch(() => undefined);
    const result = this.#results.get(key) ?? (await saved()) ?? (await test());
    if (result === undefined || this.#results.has(key)) return;
    // A run does not end because this can't be kept: it is tested again then.
    await this.#keep(subject, result).catch(() => undefined);
  }

  async #vision(
    target: LoadTarget,
    worker: VisionPort,
    picture: Blob,
    signal: AbortSignal,
  ): Promise<SelfTestResult> {
    const { ports, device } = this.#deps;
    const spec = modelById(target.modelId);
    const isCompared =
      target.device === 'webgpu' && spec !== undefined && modelBytes(spec) <= MOST_COMPARED_BYTES;
    const { testVision } = await tests();
    if (!isCompared) return testVision({ worker, picture, signal });
    const { threads } = device.plan('wasm', 1, this.#deps.settings.value.threads);
    const cpu = { worker: ports.vision(), target: { ...target, device: 'wasm' as const, threads } };
    return testVision({ worker, picture, onCpu: cpu, signal });
  }

  async #keep(subject: SelfTestSubject, result: SelfTestResult): Promise<void> {
    this.#results.set(selfTestKey(subject), result);
    await saveSelfTest(subject, result);
  }

  #subject(spec: ModelSpec): SelfTestSubject {
    const { id, revision } = spec;
    return { modelId: id, revision, precision: precisionName(spec), device: this.device() };
  }

  #target(spec: ModelSpec): LoadTarget {
    const { id: modelId, revision, precision } = toRunModel(spec, NO_WISHES);
    const { device, settings } = this.#deps;
    const plan = device.plan(settings.value.device, 1, settings.value.threads);
    const { threads } = plan;
    return { modelId, revision, modelPrecision: precision, device: plan.device, threads };
  }
}
