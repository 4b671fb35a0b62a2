import { SvelteMap } from 'svelte/reactivity';
import { isAbort, toErrorData, type ErrorData } from '../core/errors';
import { newId } from '../core/id';
import { toManifest } from '../core/manifest';
import { timeLeftMs, tokensPerSecond, unitsOf, type Pace } from '../core/progress';
import type { Run, RunModel } from '../core/run';
import { runTask } from '../engine/runner/runner';
import type { ModelActivity, RunnerPorts, RunTask } from '../engine/runner/types';
import { modelById } from '../models/registry';
import { modelBytes, type ModelSpec } from '../models/spec';
import { savedRun } from '../storage/runs';
import type { DeviceState } from './device.svelte';
import type { ImagesState } from './images.svelte';
import { RunBoard } from './run-board.svelte';
import { runEvents } from './run-events';
import { RunTab, settled } from './run-tab';
import type { RunsState } from './runs.svelte';
import { saveBlob } from './save-file';
import type { SettingsState } from './settings.svelte';
import type { SetupState } from './setup.svelte';

export type RunPhase =
  | { readonly kind: 'none' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  /** Another tab works on it. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'stopped' }
  /** The machine's fault ended it; continuing is possible. */
  | { readonly kind: 'broken'; readonly error: ErrorData }
  | { readonly kind: 'finished' };

export interface WeightsProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** Ports that need nothing of this class; the weights' progress is added here. */
export type EnginePorts = Omit<RunnerPorts, 'ensureWeights'> & {
  ensureWeights(
    spec: ModelSpec,
    onBytes: (loadedBytes: number) => void,
    signal: AbortSignal,
  ): Promise<void>;
};

interface Dependencies {
  readonly ports: EnginePorts;
  readonly settings: SettingsState;
  readonly setup: SetupState;
  readonly images: ImagesState;
  readonly runs: RunsState;
  readonly device: DeviceState;
}

/** The run on screen: starts, stops, continues and shows it. */
export class RunState {
  #board = $state.raw<RunBoard | null>(null);
  #phase = $state.raw<RunPhase>({ kind: 'none' });
  #pace = $state.raw<Pace>({ finished: 0, elapsedMs: 0, newTokens: 0 });
  #activity = new SvelteMap<string, ModelActivity>();
  #weights = new SvelteMap<string, WeightsProgress>();
  #controller: AbortController | undefined;
  /** Ends the following of another tab. */
  #following: AbortController | undefined;
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  get board(): RunBoard | null {
    return this.#board;
  }
  get phase(): RunPhase {
    return this.#phase;
  }
  get isActive(): boolean {
    return this.#phase.kind === 'running' || this.#phase.kind === 'starting';
  }
  /** What each model's worker does now. */
  activity(modelId: string): ModelActivity | undefined {
    return this.#activity.get(modelId);
  }
  /** Bytes of a model's weights on their way into the store; undefined when nothing is fetched. */
  weights(modelId: string): WeightsProgress | undefined {
    return this.#weights.get(modelId);
  }

  readonly timeLeftMs: number | null = $derived.by(() =>
    this.#board === null ? null : timeLeftMs(this.#board.progress, this.#pace),
  );

  readonly tokensPerSecond: number | null = $derived.by(() => tokensPerSecond(this.#pace));

  /** Shows the run that was open before a reload, and goes on with it unless the user had stopped it. */
  async restore(): Promise<void> {
    const { runId, runGoing } = this.#deps.settings.value;
    const run = runId === null ? undefined : await savedRun(runId);
    if (run === undefined) return;
    const board = await this.#show(run);
    if (runGoing) await this.#work(board);
  }

  /** Shows a run that is kept; not while another one works. */
  async open(run: Run): Promise<void> {
    if (this.isActive) return;
    this.#following?.abort();
    this.#deps.settings.change({ runId: run.id });
    await this.#show(run);
  }

  /** Puts the run away; it stays kept. */
  close(): void {
    if (this.isActive) return;
    this.#following?.abort();
    this.#deps.settings.change({ runId: null });
    this.#board = null;
    this.#phase = { kind: 'none' };
  }

  async rename(run: Run, name: string): Promise<void> {
    const renamed = { ...run, name };
    await this.#deps.runs.keep(renamed);
    this.#board?.rename(renamed);
  }

  async #show(run: Run): Promise<RunBoard> {
    const board = await RunBoard.open(run);
    this.#board = board;
    this.#pace = { finished: 0, elapsedMs: 0, newTokens: 0 };
    for (const { sha256 } of run.images) void this.#deps.images.showThumbnail(sha256);
    const { settled, all } = unitsOf(board.progress);
    this.#phase = { kind: settled === all ? 'finished' : 'stopped' };
    return board;
  }

  /** Makes a run of the choices and starts it. */
  async start(): Promise<void> {
    if (this.isActive || this.#deps.setup.missing.length > 0) return;
    this.#phase = { kind: 'starting' };
    try {
      void this.#deps.device.askPersistence();
      const run = this.#plan();
      const board = await RunBoard.open(run);
      await this.#deps.runs.keep(run);
      this.#deps.settings.change({ runId: run.id });
      this.#board = board;
      board.reopenFailed(); // failures of earlier runs get a new chance in a new run
      await this.#work(board);
    } catch (error) {
      this.#phase = { kind: 'broken', error: toErrorData(error) };
    }
  }

  async continue(): Promise<void> {
    if (this.isActive || this.#board === null) return;
    await this.#work(this.#board);
  }

  /** Works on the run here instead of in the other tab, which stops. */
  async takeOver(): Promise<void> {
    if (this.#phase.kind !== 'elsewhere' || this.#board === null) return;
    await this.#work(this.#board, true);
  }

  async retryFailed(): Promise<void> {
    if (this.isActive || this.#board === null) return;
    this.#board.reopenFailed();
    await this.#work(this.#board);
  }

  /** Describes one failed cell again. */
  async retry(cellKey: string): Promise<void> {
    if (this.isActive || this.#board === null) return;
    this.#board.reopen(cellKey);
    await this.#work(this.#board);
  }

  /** Saves what anybody needs to repeat the run. */
  saveManifest(): void {
    if (this.#board === null) return;
    const { run } = this.#board;
    const text = `${JSON.stringify(toManifest(run), null, 2)}\n`;
    saveBlob(`run-${run.id.slice(0, 8)}.json`, new Blob([text], { type: 'application/json' }));
  }

  /** Ends all workers; what was in flight waits again, what was finished stays. */
  stop(): void {
    this.#controller?.abort();
  }

  #plan(): Run {
    const { setup, settings, images, device } = this.#deps;
    const { value } = settings;
    const plan = device.plan(value.device, setup.chosenModels.length, value.threads);
    const judge = setup.chosenJudge;
    const now = Date.now();
    return {
      id: newId(),
      name: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(
        now,
      ),
      createdAt: now,
      images: images.items,
      models: setup.chosenModels.map(toRunModel),
      prompts: setup.chosenPrompts,
      judge: judge === null ? null : toRunModel(judge),
      judgeMode: value.judgeMode,
      decode: { maxNewTokens: value.maxNewTokens, sampling: value.sampling },
      device: plan.device,
      threads: plan.threads,
      environment: device.environment,
    };
  }

  /** Works on the run, or follows the tab that does. */
  async #work(board: RunBoard, takeOver = false): Promise<void> {
    const tab = new RunTab(board.run.id);
    this.#following?.abort();
    const held = await tab.hold(async (taken) => {
      // What the other tab finished last may not have been heard yet.
      const own = takeOver ? await settled().then(() => this.#show(board.run)) : board;
      await this.#workHere(own, tab, taken);
    }, takeOver);
    if (held !== 'done') await this.#follow(board.run, tab);
  }

  async #workHere(board: RunBoard, tab: RunTab, taken: AbortSignal): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    taken.addEventListener('abort', () => controller.abort());
    this.#phase = { kind: 'running' };
    this.#deps.settings.change({ runGoing: true });
    this.#activity.clear();
    const sink = tab.tell(board.sink);
    const events = runEvents(
      board,
      sink,
      (pace) => {
        this.#pace = pace;
      },
      (modelId, activity) => this.#activity.set(modelId, activity),
    );
    try {
      await runTask(this.#task(board), this.#ports(), events, controller.signal);
      this.#phase = { kind: 'finished' };
    } catch (error) {
      this.#phase = isAbort(error)
        ? { kind: 'stopped' }
        : { kind: 'broken', error: toErrorData(error) };
    } finally {
      // Where another tab has the run now, that one says when it is over.
      if (!taken.aborted) {
        sink.over();
        this.#deps.settings.change({ runGoing: false });
      }
      this.#weights.clear();
      this.#activity.clear();
      this.#controller = undefined;
      void this.#deps.device.refreshStorage();
    }
  }

  /** What the run was planned for may be gone by now: another browser, no GPU, no isolation. */
  #task(board: RunBoard): RunTask {
    const { run } = board;
    const { device, threads, lanes } = this.#deps.device.plan(
      run.device,
      run.models.length,
      run.threads,
    );
    return {
      run: { ...run, device, threads },
      cells: board.cells,
      settled: board.settled(),
      lanes,
    };
  }

  /** Shows what the tab that works on the run does, and goes on in its place when it is gone in the middle. */
  async #follow(run: Run, tab: RunTab): Promise<void> {
    const { signal } = (this.#following = new AbortController());
    // Read again, with what the other tab has done meanwhile.
    const open = async () => {
      const { sink } = await this.#show(run);
      this.#phase = { kind: 'elsewhere' };
      return sink;
    };
    const end = await tab.follow(open, signal);
    if (signal.aborted) return;
    const board = await this.#show(run);
    if (end === 'gone') await this.#work(board);
  }

  #ports(): RunnerPorts {
    const { ports } = this.#deps;
    return {
      ...ports,
      ensureWeights: async ({ id }: RunModel, signal) => {
        const spec = modelById(id);
        if (spec === undefined) return;
        const totalBytes = modelBytes(spec);
        const report = (loadedBytes: number) => this.#weights.set(id, { loadedBytes, totalBytes });
        try {
          await ports.ensureWeights(spec, report, signal);
        } finally {
          this.#weights.delete(id);
        }
      },
    };
  }
}

function toRunModel({ id, revision, precision }: ModelSpec): RunModel {
  return { id, revision, precision };
}
