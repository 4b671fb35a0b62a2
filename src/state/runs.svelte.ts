import { AppError, toErrorData } from '../core/errors';
import type { Run } from '../core/run';
import { changeRun, forgetRun, saveRun, savedRuns } from '../storage/runs';
import { sweep } from '../storage/sweep';
import type { Notices } from './notices.svelte';

/** All runs that are kept, newest first. */
export class RunsState {
  #list = $state.raw<readonly Run[]>([]);
  /** Removed, but the offer to undo it still stands. */
  #leaving = new Map<string, Run>();
  readonly #notices: Notices;
  /** As in `sweep`. */
  readonly #setupImages: () => readonly string[] | null;

  constructor(notices: Notices, setupImages: () => readonly string[] | null) {
    this.#notices = notices;
    this.#setupImages = setupImages;
  }

  get list(): readonly Run[] {
    return this.#list;
  }

  async load(): Promise<void> {
    this.#list = await savedRuns();
  }

  /** Whether a run that is kept, or may come back by undo, has this picture. */
  has(sha256: string): boolean {
    return [...this.#list, ...this.#leaving.values()].some(({ images }) =>
      images.some((image) => image.sha256 === sha256),
    );
  }

  /** Keeps a new run, or a changed one. @throws AppError where it can't be written */
  async keep(run: Run): Promise<void> {
    await saveRun(run);
    this.#list = sorted([run, ...this.#list.filter(({ id }) => id !== run.id)]);
  }

  /** Changes a run that is kept, whatever another tab has made of it. @throws AppError where it can't be written */
  async change(id: string, change: (run: Run) => Run): Promise<Run> {
    const run = await changeRun(id, change);
    if (run === undefined) throw new AppError('storage-blocked', `no run ${id}`);
    this.#list = sorted([run, ...this.#list.filter((other) => other.id !== id)]);
    return run;
  }

  /** Takes a run off the list at once; a notice offers to undo it. Its results go when the offer has passed. */
  remove(run: Run): void {
    this.#leaving.set(run.id, run);
    this.#list = this.#list.filter(({ id }) => id !== run.id);
    const undo = () => {
      this.#leaving.delete(run.id);
      this.#list = sorted([run, ...this.#list]);
    };
    this.#notices.show(
      {
        text: `Run “${run.name}” deleted`,
        tone: 'info',
        action: { label: 'Undo', run: undo },
      },
      { onGone: () => void this.#forget(run) },
    );
  }

  async #forget(run: Run): Promise<void> {
    try {
      await forgetRun(run.id);
      this.#leaving.delete(run.id);
      await sweep({
        // As they are on disk: another tab may have made runs, or asked more of one.
        runs: await savedRuns(),
        images: this.#setupImages(),
      });
    } catch (error) {
      this.#notices.show({
        text: `Run “${run.name}” could not be deleted (${toErrorData(error).code}). It is back after a reload.`,
        tone: 'error',
      });
    }
  }
}

function sorted(runs: readonly Run[]): Run[] {
  return [...runs].sort((a, b) => b.createdAt - a.createdAt);
}
