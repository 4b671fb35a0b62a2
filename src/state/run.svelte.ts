import type { DownloadProgress } from '../core/download';
import { toErrorData } from '../core/errors';
import { additionTo, isNothing, withAddition, type Addition } from '../core/addition';
import { speedOf, timeLeftMs, unitsOf, type Speed } from '../core/progress';
import type { Run } from '../core/run';
import { withoutSkips, withSkips, type Skips } from '../core/skip';
import type { ModelActivity } from '../engine/runner/types';
import type { ImagesState } from './images.svelte';
import { RunBoard } from './run-board.svelte';
import type { RunPhase } from './run-phase';
import { planRun } from './run-plan';
import { RunTab, settled, type Listener } from './run-tab';
import { isAllDone, RunWork, type WorkDependencies } from './run-work.svelte';
import type { RunsState } from './runs.svelte';
import type { SetupState } from './setup.svelte';

interface Dependencies extends WorkDependencies {
  readonly setup: SetupState;
  readonly images: ImagesState;
  readonly runs: RunsState;
  /** A person has changed, or accepted, the caption of an image. */
  readonly onEdit?: (runId: string, imageId: string) => void;
}

/** The run on screen: starts, stops, continues and shows it. */
export class RunState {
  #board = $state.raw<RunBoard | null>(null);
  #phase = $state.raw<RunPhase>({ kind: 'none' });
  readonly #work: RunWork;
  /** Units that were settled before what is done now was asked for. */
  #before = $state(0);
  /** Ends the following of another tab. */
  #following: AbortController | undefined;
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#work = new RunWork(deps);
  }

  get board(): RunBoard | null {
    return this.#board;
  }
  get phase(): RunPhase {
    return this.#phase;
  }
  get isActive(): boolean {
    const { kind } = this.#phase;
    return kind === 'running' || kind === 'starting' || kind === 'paused';
  }
  /** What each model's worker does now. */
  activity(modelId: string): ModelActivity | undefined {
    return this.#work.models.activity(modelId);
  }
  /** Bytes of a model's weights on their way into the store; undefined when nothing is fetched. */
  weights(modelId: string): DownloadProgress | undefined {
    return this.#work.models.weights(modelId);
  }

  readonly timeLeftMs: number | null = $derived.by(() =>
    this.#board === null ? null : timeLeftMs(this.#board.open, this.#work.pace),
  );

  readonly speed: Speed | null = $derived.by(() => speedOf(this.#work.pace));

  /**
   * Work units that are settled and all of them. While a run works that was added to, or found work of earlier runs done, those
   * are not counted that were settled before.
   */
  readonly units: ReturnType<typeof unitsOf> = $derived.by(() => {
    if (this.#board === null) return { settled: 0, all: 0 };
    const { settled, all } = unitsOf(this.#board.progress);
    const before = this.isActive ? Math.min(this.#before, settled) : 0;
    return { settled: settled - before, all: all - before };
  });

  /** What the choices as they are now would add to the run on screen; null where there is none, or they are of another run. */
  readonly addition: Addition | null = $derived.by(() => {
    if (this.#board === null || this.#phase.kind === 'elsewhere') return null;
    if (this.#phase.kind === 'starting' || this.#deps.setup.missing.length > 0) return null;
    const added = additionTo(this.#board.run, planRun(this.#deps));
    return added === null || isNothing(added) ? null : added;
  });

  /** Where models come one after the other each has all cores. */
  async #planned(): Promise<Run> {
    const { togetherOfRun } = await import('./run-memory');
    const run = planRun(this.#deps);
    const isOneByOne = togetherOfRun(run, this.#deps.device.limits) === 'one';
    return isOneByOne ? planRun(this.#deps, 1) : run;
  }

  /**
   * Shows the run that was open before a reload.
   * @param isReadable whether its pictures can be read now: else it stands until somebody continues it
   * @returns what goes on with it, unless the user had stopped it; it resolves when the run has ended
   */
  async reopen(isReadable: (run: Run) => boolean = () => true): Promise<() => Promise<void>> {
    const { runId, runGoing } = this.#deps.settings.value;
    const run = this.#deps.runs.list.find(({ id }) => id === runId);
    if (run === undefined) return () => Promise.resolve();
    const board = await this.#show(run);
    if (runGoing && isReadable(board.run)) {
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

  #open(run: Run): Promise<RunBoard> {
    return RunBoard.open(run, (imageId) => this.#deps.onEdit?.(run.id, imageId));
  }

  /** As it is on disk: another tab may have changed it. */
  async #show(run: Run): Promise<RunBoard> {
    const board = await this.#open(await this.#deps.runs.latest(run));
    this.#board = board;
    this.#before = 0;
    this.#work.resetPace();
    this.#phase = { kind: isAllDone(board) ? 'finished' : 'stopped' };
    return board;
  }

  /** Makes a run of the choices and starts it. */
  async start(): Promise<void> {
    if (this.isActive || this.#deps.setup.missing.length > 0) return;
    const before = this.#phase;
    this.#phase = { kind: 'starting' };
    this.#work.begin();
    try {
      await this.#deps.setup.refreshSkipped();
      if (this.#deps.setup.missing.length > 0) {
        this.#phase = before;
        return;
      }
      void this.#deps.device.askPersistence();
      const { withLearned } = await import('./learned-plan');
      const run = await withLearned(await this.#planned());
      const board = await this.#open(run);
      await this.#deps.runs.keep(run);
      if (this.#board !== null) await board.carryOver(this.#board);
      this.#deps.settings.change({ runId: run.id });
      this.#board = board;
      board.reopenFailed(); // failures of earlier runs get a new chance in a new run
      this.#before = unitsOf(board.progress).settled;
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

  /** Also while it works. */
  async retryFailed(): Promise<void> {
    const board = this.#board;
    if (board === null || !this.#isHere) return;
    await this.#goOnWith(board, board.reopenFailed());
  }

  /** Describes one failed cell again, also while others are described. */
  async retry(cellKey: string): Promise<void> {
    const board = this.#board;
    if (board === null || !this.#isHere) return;
    board.reopen(cellKey);
    await this.#goOnWith(board, [cellKey]);
  }

  async #goOnWith(board: RunBoard, keys: readonly string[]): Promise<void> {
    if (this.isActive) this.#work.add(board.run, keys);
    else await this.#workOn(board);
  }

  /** No other tab works on it, and it is not being made still. */
  get #isHere(): boolean {
    return this.#phase.kind !== 'elsewhere' && this.#phase.kind !== 'starting';
  }

  /**
   * Adds to the run what the choices have beyond it: pictures, models, prompts. Where it works it goes on with them, where it has
   * ended it begins again. Captions that were accepted stay.
   * @throws AppError where it can't be written
   */
  async extend(): Promise<void> {
    const { addition } = this;
    const board = this.#board;
    if (addition === null || board === null) return;
    if (addition.models.length + addition.prompts.length > 0) await board.keepAccepted();
    const settledBefore = unitsOf(board.progress).settled;
    const plan = planRun(this.#deps);
    const extended = this.#change((run) => withAddition(run, plan), 'everything');
    // Counted as a whole again where it was in the middle.
    if (!this.isActive && this.#phase.kind === 'finished') this.#before = settledBefore;
    await extended;
  }

  /** Leaves pictures or models out of the run; what they have answered stays. Where it does not work, it does not begin to. */
  async skip(what: Partial<Skips>): Promise<void> {
    await this.#change((run) => withSkips(run, what), 'nothing');
    this.#work.dismiss(what.modelIds ?? []);
    if (this.#phase.kind === 'stopped' && this.#board !== null && isAllDone(this.#board))
      this.#phase = { kind: 'finished' };
  }

  /** Goes on with what was left out: with all of it where nothing is named. */
  async takeBackSkips(what?: Partial<Skips>): Promise<void> {
    await this.#change((run) => withoutSkips(run, what), 'everything');
  }

  /** The picture that somebody looks at comes before the others. */
  lookAt(imageId: string | null): void {
    this.#work.lookAt(imageId);
  }

  /** What is being written is finished, then nothing begins until it goes on. */
  pause(): void {
    if (this.#phase.kind === 'running' && this.#work.pause()) this.#phase = { kind: 'paused' };
  }

  goOn(): void {
    if (this.#phase.kind !== 'paused') return;
    this.#phase = { kind: 'running' };
    this.#work.goOn();
  }

  /**
   * Asks more of the run: other answers beside those there are, or a verdict from other evidence. On disk first, then on screen,
   * then done: at once, or after what goes on. Of a run that was stopped nothing else is done.
   * @throws AppError where it can't be written
   */
  async ask(change: (run: Run) => Run): Promise<void> {
    await this.#change(change, this.#phase.kind === 'finished' ? 'everything' : 'asked');
  }

  /**
   * Goes on with the run as it is when it was changed: with a model in another precision or on another device.
   * @throws AppError where it can't be written
   */
  async replan(change: (run: Run) => Run): Promise<void> {
    await this.#change(change, 'everything');
  }

  /** @param toDo what is then to be done of a run that does not work now */
  async #change(
    change: (run: Run) => Run,
    toDo: 'everything' | 'asked' | 'nothing',
  ): Promise<void> {
    const board = this.#board;
    if (board === null || this.#phase.kind === 'elsewhere') return;
    const run = await this.#deps.runs.change(board.run.id, change);
    const asked = await board.extend(run);
    if (board !== this.#board) return;
    if (!this.isActive) this.#work.limitTo(toDo === 'asked' ? new Set() : undefined);
    this.#work.add(run, asked);
    if (!this.isActive && toDo !== 'nothing') await this.#workOn(board);
  }

  /** Ends all workers; what was in flight waits again, what was finished stays. */
  stop(): void {
    this.#work.stop(this.#phase.kind === 'starting');
  }

  /** Works on the run, or follows the tab that does. */
  async #workOn(board: RunBoard, takeOver = false): Promise<void> {
    const { run } = board;
    const tab = new RunTab(run.id);
    this.#following?.abort();
    const held = await tab.hold(async (taken) => {
      // What the other tab finished last may not have been heard yet.
      const own = takeOver ? await settled().then(() => this.#show(board.run)) : board;
      await this.#work.do(own, tab, taken, (phase) => (this.#phase = phase));
    }, takeOver);
    if (held !== 'done') await this.#follow(run);
    else if (this.#board?.run.id === run.id) this.#watch(run);
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
