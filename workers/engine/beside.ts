import { wrap, type Remote } from 'comlink';
import { unwrap } from '../../src/core/errors';
import type { LoadRequest, PictureEngine, PictureRequest } from '../../src/core/protocol';
import { unpacked, type Processed } from './picture-tensors';

/** Name of a worker of this file that processes pictures and loads no model. */
export const PICTURES = 'pictures';

/**
 * A second worker that processes pictures for this one while it generates. It is made from this worker's own file, which the
 * browser has already, and ends with it.
 */
export class Beside {
  readonly #remote: Remote<PictureEngine>;
  readonly #loaded: Promise<unknown>;
  readonly #failed: Promise<never>;

  constructor(request: LoadRequest) {
    const worker = new Worker(self.location.href, { type: 'module', name: PICTURES });
    this.#remote = wrap<PictureEngine>(worker);
    this.#failed = new Promise((_, reject) => {
      worker.addEventListener('error', ({ message }) => {
        reject(new Error(message));
      });
    });
    this.#loaded = this.#remote.load(request).then(unwrap);
    // Whoever waits for a picture is told; nobody may wait yet.
    this.#failed.catch(() => undefined);
    this.#loaded.catch(() => undefined);
  }

  /** @throws what is wrong with the picture, or with that worker */
  process(request: PictureRequest): Promise<Processed> {
    return Promise.race([this.#process(request), this.#failed]);
  }

  async #process(request: PictureRequest): Promise<Processed> {
    await this.#loaded;
    return unpacked(unwrap(await this.#remote.process(request)));
  }
}
