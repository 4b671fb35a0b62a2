import { SvelteMap } from 'svelte/reactivity';
import { overall, type DownloadProgress } from '../core/download';
import { isAbort, toErrorData, type ErrorData } from '../core/errors';
import type { Weights } from '../engine/weights';
import { addModels, modelById } from '../models/registry';
import { modelBytes, type ModelSpec } from '../models/spec';
import { saveModelSpec } from '../storage/models';
import { roomFor, type Room } from '../storage/stored-models';
import type { ModelsState } from './models.svelte';
import type { SettingsState } from './settings.svelte';

export type Download =
  | { readonly kind: 'running'; readonly progress: DownloadProgress | null }
  /** `room`: where there was too little, what could be deleted. */
  | { readonly kind: 'failed'; readonly error: ErrorData; readonly room?: Room };

interface Dependencies {
  readonly weights: Pick<Weights, 'download'>;
  readonly models: ModelsState;
  readonly settings: SettingsState;
  /** What is stored has changed. */
  readonly onChange: () => void;
}

/** Models on their way from the Hub into the store. What is under way when the page is closed goes on with the next visit. */
export class Downloads {
  readonly #deps: Dependencies;
  readonly #byId = new SvelteMap<string, Download>();
  readonly #stops = new Map<string, AbortController>();

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  of(modelId: string): Download | undefined {
    return this.#byId.get(modelId);
  }

  /** Those that run, as one; null where none does. */
  readonly overall = $derived.by(() => {
    const running = [...this.#byId.values()].filter(({ kind }) => kind === 'running');
    const known = running.flatMap((one) =>
      one.kind === 'running' && one.progress !== null ? [one.progress] : [],
    );
    return running.length === 0 ? null : { count: running.length, ...overall(known) };
  });

  /** Goes on with what was under way when the page was closed. */
  resume(): void {
    for (const id of this.#deps.settings.value.downloads) {
      const spec = modelById(id);
      if (spec === undefined) this.#note(id, false);
      else void this.start(spec);
    }
  }

  /** Fetches a model, or what is missing of it. To be called from somebody's action, or to go on with what one began. */
  async start(spec: ModelSpec): Promise<void> {
    const { id } = spec;
    if (this.#byId.get(id)?.kind === 'running') return;
    const { weights, models } = this.#deps;
    const stop = new AbortController();
    this.#stops.set(id, stop);
    this.#byId.set(id, { kind: 'running', progress: null });
    // At once: a reload in the next moment goes on with it.
    this.#note(id, true);
    try {
      // On the disk before a byte comes: after a reload it is known what the parts are of.
      await saveModelSpec(spec).catch(() => undefined);
      addModels([spec]);
      const report = (progress: DownloadProgress) =>
        this.#byId.set(id, { kind: 'running', progress });
      await weights.download(spec, report, stop.signal);
      this.#byId.delete(id);
    } catch (error) {
      await this.#failed(spec, error);
    } finally {
      this.#stops.delete(id);
      this.#note(id, false);
      await models.look();
      this.#deps.onChange();
    }
  }

  /** Stops it; what has arrived stays and is gone on with by `start`. */
  pause(modelId: string): void {
    this.#stops.get(modelId)?.abort();
  }

  async #failed(spec: ModelSpec, error: unknown): Promise<void> {
    if (isAbort(error)) {
      this.#byId.delete(spec.id);
      return;
    }
    const data = toErrorData(error);
    const room =
      data.code === 'quota-exceeded'
        ? await roomFor({ ...spec, bytes: modelBytes(spec) }).catch(() => undefined)
        : undefined;
    this.#byId.set(spec.id, {
      kind: 'failed',
      error: data,
      ...(room === undefined ? {} : { room }),
    });
  }

  #note(id: string, isUnderWay: boolean): void {
    const { settings } = this.#deps;
    const others = settings.value.downloads.filter((other) => other !== id);
    settings.change({ downloads: isUnderWay ? [...others, id] : others });
  }
}
