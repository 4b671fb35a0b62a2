import type { HeldFile, LoadRequest } from '../core/protocol';

/**
 * Files of models that could not be stored, because the browser lets this site store nothing: they live as long as the page, and
 * workers are handed them when they load.
 */
export class HeldWeights {
  readonly #files = new Map<string, readonly HeldFile[]>();

  /** Whether anything is kept in memory only, and so is gone with the page. */
  get isInMemory(): boolean {
    return this.#files.size > 0;
  }

  keep(modelId: string, revision: string, files: readonly HeldFile[]): void {
    this.#files.set(`${modelId}@${revision}`, files);
  }

  /** The request, with the files where there are any. */
  addTo(request: LoadRequest): LoadRequest {
    const held = this.#files.get(`${request.modelId}@${request.revision}`);
    return held === undefined ? request : { ...request, held };
  }
}
