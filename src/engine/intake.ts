import type { InspectedImage, IntakeEngine } from '../core/protocol';
import { spawn } from './spawn';
import { WorkerHost } from './worker-host';

/** More decoders than this only wait for the disk and for memory. */
const MOST_WORKERS = 4;

/** So many pictures are looked into at a time: one core is left to the page. */
const WORKERS = Math.max(1, Math.min(MOST_WORKERS, (navigator.hardwareConcurrency || 2) - 1));

/** Page side of the intake workers. They are kept: adding pictures is frequent and they hold little. */
export class Intake {
  readonly #idle: WorkerHost<IntakeEngine>[] = [];
  readonly #waiting: ((host: WorkerHost<IntakeEngine>) => void)[] = [];
  #made = 0;

  /** @throws AppError with an `image-…` code that says what is wrong with the file. */
  inspect(file: Blob, signal?: AbortSignal): Promise<InspectedImage> {
    return this.#withWorker((host) => host.call((remote) => remote.inspect(file), signal));
  }

  /** A picture that browsers don't show as one that they do. @throws AppError */
  viewable(picture: Blob, signal?: AbortSignal): Promise<Blob> {
    return this.#withWorker((host) => host.call((remote) => remote.viewable(picture), signal));
  }

  async #withWorker<T>(work: (host: WorkerHost<IntakeEngine>) => Promise<T>): Promise<T> {
    const host = await this.#free();
    try {
      return await work(host);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(host);
      else next(host);
    }
  }

  async #free(): Promise<WorkerHost<IntakeEngine>> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#made < WORKERS) {
      this.#made += 1;
      return new WorkerHost<IntakeEngine>(spawn.intake);
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
