import { wrap, type Remote } from 'comlink';
import { AppError, type Reply, unwrap } from '../core/errors';
import { newId } from '../core/id';
import type { Lifeline } from '../core/protocol';

/**
 * Owns one worker. Comlink's own calls hang for ever when their worker dies (comlink #601); here every
 * call also settles on the worker's error or death, on `stop`, and on its AbortSignal.
 */
export class WorkerHost<Engine> {
  readonly #create: () => Worker;
  readonly #pending = new Set<(error: AppError) => void>();
  #worker: Worker | undefined;
  #remote: Remote<Engine> | undefined;

  constructor(create: () => Worker) {
    this.#create = create;
  }

  get alive(): boolean {
    return this.#worker !== undefined;
  }

  /**
   * Calls into the worker (started on first use) and unwraps its reply.
   * @throws AppError: the worker's own, `worker-died`, or `aborted`.
   */
  async call<T>(
    fn: (remote: Remote<Engine>) => Promise<Reply<T>>,
    signal?: AbortSignal,
  ): Promise<T> {
    if (signal?.aborted === true) throw new AppError('aborted');
    const remote = this.#start();
    return new Promise<T>((resolve, reject) => {
      const settle = (action: () => void) => {
        this.#pending.delete(fail);
        signal?.removeEventListener('abort', onAbort);
        action();
      };
      const fail = (error: AppError) => {
        settle(() => {
          reject(error);
        });
      };
      // A generation can't be interrupted from outside while WASM runs: the worker goes, and its memory with it.
      const onAbort = () => {
        this.stop('aborted');
      };
      this.#pending.add(fail);
      signal?.addEventListener('abort', onAbort);
      fn(remote).then(
        (reply) => {
          settle(() => {
            try {
              resolve(unwrap(reply));
            } catch (error) {
              reject(error instanceof Error ? error : new AppError('unknown', String(error)));
            }
          });
        },
        (error: unknown) => {
          fail(new AppError('worker-died', String(error), { cause: error }));
        },
      );
    });
  }

  /**
   * As `call`, for what needs state that an earlier call left in the worker: never starts one.
   * @throws AppError `worker-died` when that worker is gone, also when it went between two calls.
   */
  callRunning<T>(
    fn: (remote: Remote<Engine>) => Promise<Reply<T>>,
    signal?: AbortSignal,
  ): Promise<T> {
    if (!this.alive) return Promise.reject(new AppError('worker-died', 'gone between two calls'));
    return this.call(fn, signal);
  }

  /** Terminates the worker: the only sure way to give its memory back. Pending calls fail with `code`. */
  stop(code: 'aborted' | 'worker-died' = 'aborted', detail = ''): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#remote = undefined;
    for (const fail of [...this.#pending]) fail(new AppError(code, detail));
  }

  #start(): Remote<Engine> {
    if (this.#remote !== undefined) return this.#remote;
    const worker = this.#create();
    worker.addEventListener('error', (event) => {
      this.#died(worker, event.message);
    });
    worker.addEventListener('messageerror', () => {
      this.#died(worker, 'unreadable message');
    });
    this.#worker = worker;
    this.#remote = wrap<Engine>(worker);
    void this.#watch(worker, wrap<Lifeline>(worker));
    return this.#remote;
  }

  /**
   * A worker that the browser ends (memory, a crash) raises no event. It holds a lock as long as it lives;
   * when the page gets that lock, the worker is gone.
   */
  async #watch(worker: Worker, { holdLifeline }: Remote<Lifeline>): Promise<void> {
    // No locks in insecure contexts: errors are then all that is noticed.
    const locks: LockManager | undefined = 'locks' in navigator ? navigator.locks : undefined;
    if (locks === undefined) return;
    const name = `worker ${newId()}`;
    try {
      await holdLifeline(name);
      await locks.request(name, () => {
        this.#died(worker, 'the worker is gone');
      });
    } catch {
      // Nor where the browser keeps nothing for this site: it denies locks too.
    }
  }

  /** A late event of a worker that was stopped says nothing about its successor. */
  #died(worker: Worker, detail: string): void {
    if (this.#worker === worker) this.stop('worker-died', detail);
  }
}
