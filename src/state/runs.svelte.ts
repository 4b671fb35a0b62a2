import { AppError } from '../core/errors';
import { withoutForgotten, type Forgotten } from '../core/forget';
import type { Run } from '../core/run';
import { savedForgotten } from '../storage/forget';
import { changeRun, savedRun, saveRun, savedRuns } from '../storage/runs';

/** All runs that are kept, newest first. */
export class RunsState {
  /** As they are on the disk. */
  #kept = $state.raw<readonly Run[]>([]);
  /** On the disk still, but not to be seen. */
  #forgotten = $state.raw<readonly Forgotten[]>([]);

  readonly list: readonly Run[] = $derived.by(() => withoutForgotten(this.#kept, this.#forgotten));

  get forgotten(): readonly Forgotten[] {
    return this.#forgotten;
  }

  async load(): Promise<void> {
    this.#forgotten = await savedForgotten();
    this.#kept = await savedRuns();
  }

  /** The runs as they would be without this too. */
  listWithout(forgotten: Forgotten): readonly Run[] {
    return withoutForgotten(this.list, [forgotten]);
  }

  /** Whether a run that is kept, or may come back by undo, has this picture. */
  has(sha256: string): boolean {
    return this.#kept.some(({ images }) => images.some((image) => image.sha256 === sha256));
  }

  /** The run as it is to be seen now: another tab may have changed it. */
  async latest(run: Run): Promise<Run> {
    const saved = await savedRun(run.id);
    if (saved === undefined) return run;
    this.#put(saved);
    return withoutForgotten([saved], this.#forgotten)[0] ?? run;
  }

  /** Keeps a new run. @throws AppError where it can't be written */
  async keep(run: Run): Promise<void> {
    await saveRun(run);
    this.#put(run);
  }

  /**
   * Changes a run that is kept, whatever another tab has made of it.
   * @returns the run as it is to be seen
   * @throws AppError where it can't be written
   */
  async change(id: string, change: (run: Run) => Run): Promise<Run> {
    const run = await changeRun(id, change);
    if (run === undefined) throw new AppError('storage-blocked', `no run ${id}`);
    this.#put(run);
    return withoutForgotten([run], this.#forgotten)[0] ?? run;
  }

  #put(run: Run): void {
    const others = this.#kept.filter(({ id }) => id !== run.id);
    this.#kept = [run, ...others].sort((a, b) => b.createdAt - a.createdAt);
  }
}
