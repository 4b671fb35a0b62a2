import { proxy, type Remote } from 'comlink';
import { nextRate, progressWith, type DownloadProgress, type RateSample } from '../core/download';
import { AppError, type Reply } from '../core/errors';
import type { HubAccount } from '../core/hub/answers';
import { HUB_ENDPOINT, type HubAccess } from '../core/hub/endpoint';
import { newId } from '../core/id';
import type {
  EnsureReport,
  EnsureRequest,
  FileOrigin,
  RepositoryReport,
  WeightsEngine,
} from '../core/protocol';
import type { ModelSpec } from '../models/spec';
import { wantWeights } from '../storage/forget';
import { askPersistence } from '../storage/quota';
import type { HeldWeights } from './held-weights';
import { spawn } from './spawn';
import { WorkerHost } from './worker-host';

export type OnProgress = (progress: DownloadProgress) => void;

export interface WeightsOptions {
  /** Asked before every call: the settings may have changed. The Hub itself, without a token, by default. */
  readonly access?: () => HubAccess;
  /** Where files go that can't be stored. */
  readonly held?: HeldWeights;
  readonly create?: () => Worker;
}

/** Page side of the weights worker: asks the Hub about models, and brings them into the store. */
export class Weights {
  readonly #host: WorkerHost<WeightsEngine>;
  readonly #access: () => HubAccess;
  readonly #held: HeldWeights | undefined;

  constructor({ access, held, create = spawn.weights }: WeightsOptions = {}) {
    this.#host = new WorkerHost<WeightsEngine>(create);
    this.#access = access ?? (() => ({ endpoint: HUB_ENDPOINT }));
    this.#held = held;
  }

  /**
   * A repository of the Hub at one commit: its files, and the JSON files that are asked for.
   * @throws AppError: why there is none (`repository-…`, `token-…`, `revision-not-found`), or `network`, `rate-limited`,
   * `hub-failing`, `hub-unreadable`, `aborted`
   */
  lookUp(
    asked: {
      readonly repository: string;
      readonly revision?: string;
      readonly configs?: readonly string[];
    },
    signal?: AbortSignal,
  ): Promise<RepositoryReport> {
    const { repository, revision = 'main', configs = [] } = asked;
    const access = this.#access();
    return this.#task(
      (remote, taskId) => remote.lookUp({ taskId, access, repository, revision, configs }),
      signal,
    );
  }

  /** Whose token it is. @throws AppError `token-refused`, and as `lookUp` */
  whoAmI(signal?: AbortSignal): Promise<HubAccount> {
    const access = this.#access();
    return this.#task((remote, taskId) => remote.whoAmI({ taskId, access }), signal);
  }

  /**
   * As `ensure`, for somebody who has asked for it: also asks the browser to keep what is stored, and takes back a deletion of
   * this model that is still to be carried out. To be called from that action.
   */
  async download(
    spec: ModelSpec,
    onProgress: OnProgress,
    signal?: AbortSignal,
  ): Promise<EnsureReport> {
    await askPersistence();
    // Where nothing can be stored there is no deletion to take back.
    await wantWeights(spec.id).catch(() => undefined);
    return this.ensure(spec, onProgress, signal);
  }

  /**
   * Resolves when every file of the model is stored and checked, or held in memory where nothing can be stored. Ended by the
   * signal it can be gone on with: whole chunks stay.
   * @throws AppError `network`, `rate-limited`, `hub-failing`, `repository-…`, `weights-missing`, `weights-corrupt`,
   * `quota-exceeded` (`roomFor` says what could be deleted), `storage-blocked` or `aborted`.
   */
  async ensure(
    spec: ModelSpec,
    onProgress: OnProgress,
    signal?: AbortSignal,
  ): Promise<EnsureReport> {
    const request = {
      modelId: spec.id,
      revision: spec.revision,
      files: spec.files,
      origin: this.#originOf(spec),
    } satisfies Omit<EnsureRequest, 'taskId'>;
    let rate: RateSample | undefined;
    const report = await this.#task(
      (remote, taskId) =>
        remote.ensure(
          { ...request, taskId },
          proxy((soFar) => {
            rate = nextRate(rate, soFar.bytes, performance.now());
            onProgress(progressWith(soFar, rate.bytesPerSecond));
          }),
        ),
      signal,
    );
    if (report.held !== null) this.#held?.keep(spec.id, spec.revision, report.held);
    return report;
  }

  /** Ends everything that is under way, and the worker. */
  stop(): void {
    this.#host.stop();
  }

  #originOf({ source }: ModelSpec): FileOrigin {
    return source.kind === 'page'
      ? { kind: 'page', baseUrl: new URL(source.basePath, document.baseURI).href }
      : { kind: 'hub', repository: source.repository, access: this.#access() };
  }

  /** A call that the signal ends by asking the worker: it goes on with what else it does. */
  async #task<T>(
    fn: (remote: Remote<WeightsEngine>, taskId: string) => Promise<Reply<T>>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    if (signal?.aborted === true) throw new AppError('aborted');
    const taskId = newId();
    const cancel = () => {
      this.#host.callRunning((remote) => remote.cancel(taskId)).catch(() => undefined);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await this.#host.call((remote) => fn(remote, taskId));
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }
}
