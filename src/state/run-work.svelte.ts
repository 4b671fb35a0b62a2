import { isAbort, toErrorData, type ErrorData } from '../core/errors';
import { withPace } from '../core/pace-book';
import { NO_PACE, unitsDone, unitsOf, type Pace } from '../core/progress';
import { withDevices } from '../core/replan';
import type { Run } from '../core/run';
import type { Together } from '../core/together';
import type { Steering } from '../engine/runner/steering';
import type { ModelActivity, RunTask } from '../engine/runner/types';
import type { DeviceState } from './device.svelte';
import { ModelWork, type EnginePorts } from './model-work.svelte';
import type { RunBoard } from './run-board.svelte';
import { Clock, runEvents } from './run-events';
import type { RunPhase } from './run-phase';
import type { RunTab, Sink } from './run-tab';
import type { SettingsState } from './settings.svelte';

export interface WorkDependencies {
  readonly ports: EnginePorts;
  readonly settings: SettingsState;
  readonly device: DeviceState;
  /** A model's worker was replaced because of this. */
  readonly onRestart?: (modelId: string, error: ErrorData) => void;
}

/** The work on a run in this tab, from taking it up until it ends or is stopped. */
export class RunWork {
  readonly models: ModelWork;
  readonly #deps: WorkDependencies;
  #pace = $state.raw<Pace>(NO_PACE);
  #controller: AbortController | undefined;
  #isStopWanted = false;
  /** Tells the other tabs, while this one works. */
  #telling: Pick<Sink, 'run'> | undefined;
  /** How often more was asked of the run that is shown. */
  #asked = 0;
  #steering: Steering | undefined;
  #clock = new Clock();
  /** Id of the picture that somebody looks at. */
  #wanted: string | null = null;
  /** What is to be done now where that is not everything: keys of cells. */
  #only: Set<string> | undefined;

  constructor(deps: WorkDependencies) {
    this.#deps = deps;
    this.models = new ModelWork(deps.ports);
  }

  get pace(): Pace {
    return this.#pace;
  }

  /** Another run is shown: nothing is measured of it yet. */
  resetPace(): void {
    this.#pace = NO_PACE;
  }

  /**
   * Ends all workers; what was in flight waits again, what was finished stays.
   * @param isStarting the run is made still: it is stopped as soon as it begins
   */
  stop(isStarting = false): void {
    this.#isStopWanted = isStarting;
    this.#controller?.abort();
  }

  /** A new run is being made: nobody has stopped it yet. */
  begin(): void {
    this.#isStopWanted = false;
  }

  /** Of a run that does not work now only this is to be done next; everything where undefined. */
  limitTo(only: Set<string> | undefined): void {
    this.#only = only;
  }

  /** The run is another one by now: what is begun is finished, then it goes on so; or when it works next. */
  add(run: Run, toDo: Iterable<string>): void {
    for (const key of toDo) this.#only?.add(key);
    this.#asked += 1;
    this.#telling?.run(run);
    this.#steering?.endPlan();
  }

  /** Ends what these models do, at once; the run has been changed so that nothing is left for them. */
  dismiss(modelIds: readonly string[]): void {
    for (const id of modelIds) this.#steering?.dismiss(id);
  }

  /** The picture that somebody looks at comes next. */
  lookAt(imageId: string | null): void {
    this.#wanted = imageId;
    if (this.#steering !== undefined) this.#steering.wanted = imageId;
  }

  /** @returns whether there is work to be paused */
  pause(): boolean {
    if (this.#steering === undefined) return false;
    this.#steering.pause();
    this.#clock.stop();
    // Closed like this it does not go on by itself.
    this.#deps.settings.change({ runGoing: false });
    return true;
  }

  goOn(): void {
    this.#clock.goOn();
    this.#deps.settings.change({ runGoing: this.#only === undefined });
    this.#steering?.goOn();
  }

  /** @param taken aborts when another tab takes the run over */
  async do(
    board: RunBoard,
    tab: RunTab,
    taken: AbortSignal,
    onPhase: (phase: RunPhase) => void,
  ): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    taken.addEventListener('abort', () => controller.abort());
    if (this.#isStopWanted) controller.abort();
    this.#isStopWanted = false;
    onPhase({ kind: 'running' });
    // After a reload a run that was stopped does not go on by itself, whatever was asked of it since.
    this.#deps.settings.change({ runGoing: this.#only === undefined });
    this.models.clear();
    const sink = tab.tell(board.sink);
    this.#telling = sink;
    this.#clock = new Clock();
    const onPace = (pace: Pace) => (this.#pace = pace);
    const onActivity = (id: string, activity: ModelActivity) => {
      this.models.does(id, activity);
      if (activity.kind === 'restarting') this.#deps.onRestart?.(id, activity.error);
    };
    const events = runEvents(board, sink, { onPace, onActivity }, this.#clock);
    try {
      // Not needed for the first look at the page.
      const [{ runTask }, { Steering }, { togetherOfRun }] = await Promise.all([
        import('../engine/runner/runner'),
        import('../engine/runner/steering'),
        import('./run-memory'),
      ]);
      const steering = (this.#steering = new Steering());
      steering.wanted = this.#wanted;
      let asked: number;
      do {
        asked = this.#asked;
        steering.beginPlan();
        controller.signal.throwIfAborted();
        const { ports } = this.models;
        const together = togetherOfRun(board.run, this.#deps.device.limits);
        await runTask(this.#task(board, together), ports, events, controller.signal, steering);
      } while (asked !== this.#asked);
      onPhase({ kind: isAllDone(board) ? 'finished' : 'stopped' });
    } catch (error) {
      onPhase(isAbort(error) ? { kind: 'stopped' } : { kind: 'broken', error: toErrorData(error) });
    } finally {
      // Where another tab has the run now, that one says when it is over.
      if (!taken.aborted) {
        sink.over();
        this.#deps.settings.change({ runGoing: false });
      }
      const { elapsedMs } = this.#pace;
      const { settings } = this.#deps;
      const measured = { units: unitsDone(this.#pace), elapsedMs };
      settings.change({ paces: withPace(settings.value.paces, board.run, measured) });
      this.models.clear();
      this.#controller = undefined;
      this.#telling = undefined;
      this.#steering = undefined;
      this.#only = undefined;
      void this.#deps.device.refreshStorage();
    }
  }

  /** What the run was planned for may be gone by now: another browser, no GPU, no isolation. */
  #task(board: RunBoard, together: Together): RunTask {
    const { run } = board;
    const { device: here, settings } = this.#deps;
    const atOnce = together === 'one' ? 1 : run.models.length;
    const plan = here.plan(run.device, atOnce, run.threads);
    const { device, threads, lanes, looksAhead } = plan;
    const cpu = here.plan('wasm', atOnce, settings.value.threads).threads;
    return {
      run: { ...withDevices(run, (choice) => here.plan(choice, 1, 1).device), device, threads },
      threadsOn: { wasm: device === 'wasm' ? threads : cpu, webgpu: 1 },
      cells: board.cells,
      settled: board.settled(),
      lanes,
      together,
      looksAhead,
      ...(this.#only === undefined ? {} : { only: this.#only }),
    };
  }
}

export function isAllDone({ progress }: Pick<RunBoard, 'progress'>): boolean {
  const { settled, all } = unitsOf(progress);
  return settled === all;
}
