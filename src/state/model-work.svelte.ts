import { SvelteMap } from 'svelte/reactivity';
import type { DownloadProgress } from '../core/download';
import type { RunModel } from '../core/run';
import type { ModelActivity, RunnerPorts } from '../engine/runner/types';
import { modelById } from '../models/registry';
import type { ModelSpec } from '../models/spec';

/** Ports that need nothing of the page's state; the weights' progress is added here. */
export type EnginePorts = Omit<RunnerPorts, 'ensureWeights'> & {
  ensureWeights(
    spec: ModelSpec,
    onProgress: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** The picture that models are tested with. @throws AppError `network` */
  selfTestPicture(): Promise<Blob>;
};

/** What each model's worker does, and the weights on their way. */
export class ModelWork {
  readonly #activity = new SvelteMap<string, ModelActivity>();
  readonly #weights = new SvelteMap<string, DownloadProgress>();
  /** For the runner. */
  readonly ports: RunnerPorts;

  constructor(ports: EnginePorts) {
    this.ports = {
      ...ports,
      ensureWeights: async ({ id }: RunModel, signal) => {
        const spec = modelById(id);
        if (spec === undefined) return;
        const report = (progress: DownloadProgress) => this.#weights.set(id, progress);
        try {
          await ports.ensureWeights(spec, report, signal);
        } finally {
          this.#weights.delete(id);
        }
      },
    };
  }

  activity(modelId: string): ModelActivity | undefined {
    return this.#activity.get(modelId);
  }

  /** Undefined when nothing is fetched. */
  weights(modelId: string): DownloadProgress | undefined {
    return this.#weights.get(modelId);
  }

  does(modelId: string, activity: ModelActivity): void {
    this.#activity.set(modelId, activity);
  }

  clear(): void {
    this.#weights.clear();
    this.#activity.clear();
  }
}
