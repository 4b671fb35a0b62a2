import { AppError, type Reply } from '../../src/core/errors';
import type { HubAccount } from '../../src/core/hub/answers';
import { PATIENCE, type Patience } from '../../src/core/hub/back-off';
import type { HubAccess } from '../../src/core/hub/endpoint';
import type {
  EnsureReport,
  EnsureRequest,
  LookUpRequest,
  OnFetched,
  RepositoryReport,
  WeightsEngine,
} from '../../src/core/protocol';
import { withLock } from '../../src/storage/lock';
import { weightsLock } from '../../src/storage/weights';
import { lookUp, whoAmI } from './hub/look-up';
import { reply } from './reply';
import { DiskChunks, MemoryChunks, type ChunkStore } from './weights/chunk-store';
import { ModelDownload } from './weights/model-download';
import { listening, telling } from './weights/told';

/** Fetches the files that are missing, a few chunks in memory at a time, and checks their hashes. */
export class WeightStore implements WeightsEngine {
  readonly #patience: Patience;
  readonly #tasks = new Map<string, AbortController>();
  /** By model and revision, where nothing can be stored. */
  readonly #memory = new Map<string, MemoryChunks>();

  constructor(patience: Patience = PATIENCE) {
    this.#patience = patience;
  }

  ensure(request: EnsureRequest, onFetched: OnFetched): Promise<Reply<EnsureReport>> {
    return this.#task(request.taskId, (signal) => this.#ensure(request, onFetched, signal));
  }

  lookUp(request: LookUpRequest): Promise<Reply<RepositoryReport>> {
    const { access } = request;
    return this.#task(request.taskId, (signal) =>
      lookUp(request, { access, patience: this.#patience, signal }),
    );
  }

  whoAmI({
    taskId,
    access,
  }: {
    readonly taskId: string;
    readonly access: HubAccess;
  }): Promise<Reply<HubAccount>> {
    return this.#task(taskId, (signal) => whoAmI({ access, patience: this.#patience, signal }));
  }

  cancel(taskId: string): Promise<Reply<null>> {
    this.#tasks.get(taskId)?.abort();
    return Promise.resolve({ ok: true, value: null });
  }

  /** Two tabs that want one model fetch it once: the second waits, shows how far the first is, and then finds it stored. */
  async #ensure(
    request: EnsureRequest,
    onFetched: OnFetched,
    signal: AbortSignal,
  ): Promise<EnsureReport> {
    const store = await this.#store(request);
    const other = listening(request.modelId, onFetched);
    try {
      return await withLock(
        weightsLock(request.modelId),
        () => {
          other.close();
          const download = new ModelDownload(request, store, this.#patience);
          return telling(
            request.modelId,
            () => download.soFar,
            onFetched,
            () => download.run(signal),
          );
        },
        signal,
      );
    } finally {
      other.close();
    }
  }

  async #store({ modelId, revision }: EnsureRequest): Promise<ChunkStore> {
    const disk = new DiskChunks(modelId, revision);
    if (await disk.isOpen()) return disk;
    const name = `${modelId}@${revision}`;
    const memory = this.#memory.get(name) ?? new MemoryChunks();
    this.#memory.set(name, memory);
    return memory;
  }

  /** Runs a call that `cancel` can end. */
  #task<T>(taskId: string, work: (signal: AbortSignal) => Promise<T>): Promise<Reply<T>> {
    const task = new AbortController();
    this.#tasks.set(taskId, task);
    return reply(async () => {
      try {
        return await work(task.signal);
      } catch (error) {
        if (task.signal.aborted) throw new AppError('aborted');
        throw error;
      } finally {
        this.#tasks.delete(taskId);
      }
    });
  }
}
