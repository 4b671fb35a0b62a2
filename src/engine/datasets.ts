import type { Remote } from 'comlink';
import type { DatasetPlace } from '../core/dataset-place';
import type {
  DatasetPicture,
  DatasetReport,
  PartRef,
  PartReport,
  PictureColumns,
} from '../core/datasets';
import { AppError, type Reply } from '../core/errors';
import type { DatasetAccess } from '../core/hub/endpoint';
import { newId } from '../core/id';
import type { DatasetEngine, FoundPictures } from '../core/protocol';
import { spawn } from './spawn';
import { WorkerHost } from './worker-host';

/** Page side of the datasets worker. All calls throw AppError with a code of datasets, or `aborted`. */
export class Datasets {
  readonly #host: WorkerHost<DatasetEngine>;
  readonly #access: () => DatasetAccess;

  /** @param access asked before every call: the settings may have changed */
  constructor(access: () => DatasetAccess, create: () => Worker = spawn.datasets) {
    this.#access = access;
    this.#host = new WorkerHost<DatasetEngine>(create);
  }

  lookUp(
    asked: { readonly dataset: string; readonly revision?: string; readonly path?: string },
    signal?: AbortSignal,
  ): Promise<DatasetReport> {
    return this.#task((remote, call) => remote.lookUp({ ...call, ...asked }), signal);
  }

  openPart(part: PartRef, signal?: AbortSignal): Promise<PartReport> {
    return this.#task((remote, call) => remote.openPart({ ...call, part }), signal);
  }

  pictures(
    part: PartRef,
    rows: readonly number[],
    columns: PictureColumns,
    signal?: AbortSignal,
  ): Promise<readonly DatasetPicture[]> {
    return this.#task((remote, call) => remote.pictures({ ...call, part, rows, columns }), signal);
  }

  search(
    part: PartRef,
    asked: { readonly query: string; readonly offset: number; readonly length: number },
    columns: PictureColumns,
    signal?: AbortSignal,
  ): Promise<FoundPictures> {
    return this.#task(
      (remote, call) => remote.search({ ...call, ...asked, part, columns }),
      signal,
    );
  }

  /** Bytes that the originals of these rows take, about; null where nobody knows. */
  cost(
    part: PartRef,
    rows: readonly number[],
    columns: PictureColumns,
    signal?: AbortSignal,
  ): Promise<number | null> {
    return this.#task((remote, call) => remote.cost({ ...call, part, rows, columns }), signal);
  }

  /** The bytes of a picture, wherever they are now. */
  async picture(place: DatasetPlace, sha256?: string): Promise<Blob> {
    const more = sha256 === undefined ? {} : { sha256 };
    try {
      return await this.#task((remote, call) => remote.picture({ ...call, place, ...more }));
    } catch (error) {
      // It is not the model's worker that died: that one is not to be started anew.
      if (!(error instanceof AppError) || error.code !== 'worker-died') throw error;
      throw new AppError('row-broken', error.detail, { cause: error });
    }
  }

  /** A call that the signal ends by asking the worker: it goes on with what else it does. */
  async #task<T>(
    fn: (
      remote: Remote<DatasetEngine>,
      call: { readonly taskId: string; readonly access: DatasetAccess },
    ) => Promise<Reply<T>>,
    signal?: AbortSignal,
  ): Promise<T> {
    if (signal?.aborted === true) throw new AppError('aborted');
    const call = { taskId: newId(), access: this.#access() };
    const cancel = () => {
      this.#host.callRunning((remote) => remote.cancel(call.taskId)).catch(() => undefined);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await this.#host.call((remote) => fn(remote, call));
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }
}
