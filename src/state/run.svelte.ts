import type { DownloadProgress } from '../core/download';
import { isAbort, toErrorData, type ErrorData } from '../core/errors';
import { timeLeftMs, tokensPerSecond, unitsOf, type Pace } from '../core/progress';
import { withDevices } from '../core/replan';
import type { Run } from '../core/run';
import { runTask } from '../engine/runner/runner';
import type { ModelActivity, RunTask } from '../engine/runner/types';
import type { DeviceState } from './device.svelte';
import type { ImagesState } from './images.svelte';
import { ModelWork, type EnginePorts } from './model-work.svelte';
import { RunBoard } from './run-board.svelte';
import { runEvents } from './run-events';
import { planRun } from './run-plan';
import { RunTab, settled, type Listener, type Sink } from './run-tab';
import type { RunsState } from './runs.svelte';
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

interface Dependencies {
  readonly ports: EnginePorts;
  readonly settings: SettingsState;
  readonly setup: SetupState;
  readonly images: ImagesState;
  readonly runs: RunsState;
  readonly device: DeviceState;
  /** A model's worker was replaced because of this. */
  readonly onRestart?: (modelId: string, error: ErrorData) => void;
}

/** The run on screen: starts, stops, continues and shows it. */
export class RunState {
  #board = $state.raw<RunBoard | null>(null);
  #phase = $state.raw<RunPhase>({ kind: 'none' });
  #pace = $state.raw<Pace>({ finished: 0, elapsedMs: 0, newTokens: 0 });
  readonly #work: ModelWork;
  #controller: AbortController | undefined;
  /** Tells the other tabs, while this one works. */
  #telling: Pick<Sink, 'run'> | undefined;
  /** How often more was asked of the run that is shown. */
  #asked = 0;
  /** What is to be done now where that is not everything: keys of cells. */
  #only: Set<string> | undefined;
  /** Ends the following of another tab. */
  #following: AbortController | undefined;
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#work = new ModelWork(deps.ports);
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
    return this.#work.activity(modelId);
  }
  /** Bytes of a model's weights on their way into the store; undefined when nothing is fetched. */
  weights(modelId: string): DownloadProgress | undefined {
    return this.#work.weights(modelId);
  }

  readonly timeLeftMs: number | null = $derived.by(() =>
    this.#board === null ? null : timeLeftMs(this.#board.progress, this.#pace),
  );

  readonly tokensPerSecond: number | null = $derived.by(() => tokensPerSecond(this.#pace));

  /**
   * Shows the run that was open before a reload.
   * @returns what goes on with it, unless the user had stopped it; it resolves when the run has ended
   */
  async reopen(): Promise<() => Promise<void>> {
    const { runId, runGoing } = this.#deps.settings.value;
    const run = this.#deps.runs.list.find(({ id }) => id === runId);
    if (run === undefined) return () => Promise.resolve();
    const board = await this.#show(run);
    if (runGoing) {
      this.#phase = { kind: 'starting' };
      return () => this.#workOn(board);
    }
    this.#watch(board.run);
    return () => Promise.resolve();
  }

  /** Shows a run that is kept; not while another one works. */
  async open(run: Run): Promise<void> {
    if (this.isActive) return;
    this.#following?.abort();
    this.#deps.settings.change({ runId: run.id });
    await this.#show(run);
    this.#watch(run);
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
    this.#board?.rename(await this.#deps.runs.change(run.id, (kept) => ({ ...kept, name })));
  }

  /** As it is on disk: another tab may have changed it. */
  async #show(run: Run): Promise<RunBoard> {
    const board = await RunBoard.open(await this.#deps.runs.latest(run));
    this.#board = board;
    this.#pace = { finished: 0, elapsedMs: 0, newTokens: 0 };
    for (const { sha256 } of run.images) void this.#deps.images.showThumbnail(sha256);
    this.#phase = { kind: isAllDone(board) ? 'finished' : 'stopped' };
    return board;
  }

  /** Makes a run of the choices and starts it. */
  async start(): Promise<void> {
    if (this.isActive || this.#deps.setup.missing.length > 0) return;
    const before = this.#phase;
    this.#phase = { kind: 'starting' };
    try {
      await this.#deps.setup.refreshSkipped();
      if (this.#deps.setup.missing.length > 0) {
        this.#phase = before;
        return;
      }
      void this.#deps.device.askPersistence();
      const run = planRun(this.#deps);
      const board = await RunBoard.open(run);
      await this.#deps.runs.keep(run);
      if (this.#board !== null) await board.carryOver(this.#board);
      this.#deps.settings.change({ runId: run.id });
      this.#board = board;
      board.reopenFailed(); // failures of earlier runs get a new chance in a new run
      await this.#workOn(board);
    } catch (error) {
      this.#phase = { kind: 'broken', error: toErrorData(error) };
    }
  }

  async continue(): Promise<void> {
    if (this.isActive || this.#board === null) return;
    await this.#workOn(this.#board);
  }

  /** Works on the run here instead of in the other tab, which stops. */
  async takeOver(): Promise<void> {
    if (this.#phase.kind !== 'elsewhere' || this.#board === null) return;
    await this.#workOn(this.#board, true);
  }

  async retryFailed(): Promise<void> {
    if (this.isActive || this.#board === null) return;
    this.#board.reopenFailed();
    await this.#workOn(this.#board);
  }

  /** Describes one failed cell again. */
  async retry(cellKey: string): Promise<void> {
    if (this.isActive || this.#board === null) return;
    this.#board.reopen(cellKey);
    await this.#workOn(this.#board);
  }

  /**
   * Asks more of the run: other answers beside those there are, or a verdict from other evidence. On disk first, then on screen,
   * then done: at once, or after what goes on. Of a run that was stopped nothing else is done.
   * @throws AppError where it can't be written
   */
  async ask(change: (run: Run) => Run): Promise<void> {
    await this.#change(change, () => (this.#phase.kind === 'finished' ? undefined : new Set()));
  }

  /**
   * Goes on with the run as it is when it was changed: with a model in another precision or on another device.
   * @throws AppError where it can't be written
   */
  async replan(change: (run: Run) => Run): Promise<void> {
    await this.#change(change, () => undefined);
  }

  /** @param only what alone is to be done of a run that does not work now */
  async #change(change: (run: Run) => Run, only: () => Set<string> | undefined): Promise<void> {
    const board = this.#board;
    if (board === null || this.#phase.kind === 'elsewhere') return;
    const run = await this.#deps.runs.change(board.run.id, change);
    const toDo = await board.extend(run);
    if (board !== this.#board) return;
    if (!this.isActive) this.#only = only();
    for (const key of toDo) this.#only?.add(key);
    this.#asked += 1;
    this.#telling?.run(run);
    if (!this.isActive) await this.#workOn(board);
  }

  /** Ends all workers; what was in flight waits again, what was finished stays. */
  stop(): void {
    this.#controller?.abort();
  }

  /** Works on the run, or follows the tab that does. */
  async #workOn(board: RunBoard, takeOver = false): Promise<void> {
    const { run } = board;
    const tab = new RunTab(run.id);
    this.#following?.abort();
    const held = await tab.hold(async (taken) => {
      // What the other tab finished last may not have been heard yet.
      const own = takeOver ? await settled().then(() => this.#show(board.run)) : board;
      await this.#workHere(own, tab, taken);
    }, takeOver);
    if (held !== 'done') await this.#follow(run);
    else if (this.#board?.run.id === run.id) this.#watch(run);
  }

  async #workHere(board: RunBoard, tab: RunTab, taken: AbortSignal): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    taken.addEventListener('abort', () => controller.abort());
    this.#phase = { kind: 'running' };
    // After a reload a run that was stopped does not go on by itself, whatever was asked of it since.
    this.#deps.settings.change({ runGoing: this.#only === undefined });
    this.#work.clear();
    const sink = tab.tell(board.sink);
    this.#telling = sink;
    const onPace = (pace: Pace) => (this.#pace = pace);
    const events = runEvents(board, sink, onPace, (id, activity) => {
      this.#work.does(id, activity);
      if (activity.kind === 'restarting') this.#deps.onRestart?.(id, activity.error);
    });
    try {
      let asked: number;
      do {
        asked = this.#asked;
        await runTask(this.#task(board), this.#work.ports, events, controller.signal);
      } while (asked !== this.#asked);
      this.#phase = { kind: isAllDone(board) ? 'finished' : 'stopped' };
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
      this.#work.clear();
      this.#controller = undefined;
      this.#telling = undefined;
      this.#only = undefined;
      void this.#deps.device.refreshStorage();
    }
  }

  /** What the run was planned for may be gone by now: another browser, no GPU, no isolation. */
  #task(board: RunBoard): RunTask {
    const { run } = board;
    const { device: here, settings } = this.#deps;
    const { device, threads, lanes } = here.plan(run.device, run.models.length, run.threads);
    const cpu = here.plan('wasm', run.models.length, settings.value.threads).threads;
    return {
      run: { ...withDevices(run, (choice) => here.plan(choice, 1, 1).device), device, threads },
      threadsOn: { wasm: device === 'wasm' ? threads : cpu, webgpu: 1 },
      cells: board.cells,
      settled: board.settled(),
      lanes,
      ...(this.#only === undefined ? {} : { only: this.#only }),
    };
  }

  /** Follows the next tab that begins to work on the run while it only stands here. */
  #watch(run: Run): void {
    this.#following?.abort();
    const { signal } = (this.#following = new AbortController());
    const ears = new RunTab(run.id).listen(signal);
    void ears.begun.then(() => (signal.aborted ? undefined : this.#follow(run, ears, signal)));
  }

  /** Shows what the tab that works on the run does, and goes on in its place when it is gone in the middle. */
  async #follow(run: Run, heard?: Listener, listening?: AbortSignal): Promise<void> {
    const tab = new RunTab(run.id);
    const signal = listening ?? (this.#following = new AbortController()).signal;
    const ears = heard ?? tab.listen(signal);
    // Read again, with what the other tab has done meanwhile.
    const open = async () => {
      const { sink } = await this.#show(run);
      this.#phase = { kind: 'elsewhere' };
      return sink;
    };
    const end = await tab.follow(open, ears, signal);
    if (signal.aborted) return;
    const board = await this.#show(run);
    if (end === 'gone') await this.#workOn(board);
    else this.#watch(run);
  }
}

function isAllDone({ progress }: RunBoard): boolean {
  const { settled, all } = unitsOf(progress);
  return settled === all;
}
