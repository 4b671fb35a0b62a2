import type { InspectedImage, IntakeEngine } from '../core/protocol';
import { spawn } from './spawn';
import { WorkerHost } from './worker-host';

/** Page side of the intake worker. One worker, kept: adding pictures is frequent and it holds little. */
export class Intake {
  readonly #host = new WorkerHost<IntakeEngine>(spawn.intake);

  /** @throws AppError with an `image-…` code that says what is wrong with the file. */
  inspect(file: Blob, signal?: AbortSignal): Promise<InspectedImage> {
    return this.#host.call((remote) => remote.inspect(file), signal);
  }
}
