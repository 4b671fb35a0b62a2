import { proxy } from 'comlink';
import { AppError } from '../core/errors';
import type { WeightsEngine } from '../core/protocol';
import type { ModelSpec } from '../models/spec';
import { spawn } from './spawn';
import { WorkerHost } from './worker-host';

/** Page side of the weights worker: brings models into the store. */
export class Weights {
  readonly #host = new WorkerHost<WeightsEngine>(spawn.weights);

  /**
   * Resolves when every file of the model is stored and checked.
   * @throws AppError `network`, `weights-corrupt`, `quota-exceeded`, `storage-blocked` or `aborted`.
   */
  async ensure(
    spec: ModelSpec,
    onBytes: (loadedBytes: number) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    if (spec.source.kind !== 'page') throw new AppError('weights-missing', spec.id);
    const request = {
      modelId: spec.id,
      revision: spec.revision,
      files: spec.files,
      baseUrl: new URL(spec.source.basePath, document.baseURI).href,
    };
    await this.#host.call((remote) => remote.ensure(request, proxy(onBytes)), signal);
  }

  stop(): void {
    this.#host.stop();
  }
}
