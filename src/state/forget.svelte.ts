import { formatBytes } from '../core/bytes';
import { toErrorData } from '../core/errors';
import type { Forgotten } from '../core/forget';
import type { ImageItem } from '../core/image';
import type { Run } from '../core/run';
import { finishForgetting, saveForgotten, withdrawForgotten } from '../storage/forget';
import { recordWrites } from '../storage/journal';
import type { KeysByStore } from '../storage/sweep';
import type { Freed, KnownBytes } from '../storage/usage';
import { freedText } from './freed-text';
import type { ImagesState } from './images.svelte';
import { UNDO_MS, type Notices } from './notices.svelte';
import { isAnyRunHeld } from './run-tab';
import type { RunState } from './run.svelte';
import type { RunsState } from './runs.svelte';
import type { ViewState } from './view.svelte';

/** The tab in which it was forgotten shows its undo a little later than it was written down. */
const GRACE_MS = 2000;

interface Dependencies {
  readonly notices: Notices;
  readonly runs: RunsState;
  readonly images: ImagesState;
  readonly run: RunState;
  readonly view: ViewState;
  /** What is kept, or to be seen, has changed. */
  readonly onChange: () => void;
}

/**
 * Forgetting pictures, runs and weights: what is forgotten is hidden at once and can be undone for ten seconds. That it has to go
 * is on the disk before it is hidden, so that it goes also when the page is closed or crashes meanwhile.
 */
export class ForgetState {
  readonly #deps: Dependencies;
  /** Records that this page had written when it was opened: none, but in tests. */
  readonly #writesBefore = recordWrites();

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** Whether a model's weights are on their way out. */
  isLeaving(modelId: string): boolean {
    return this.#deps.runs.forgotten.some(
      (forgotten) => forgotten.kind === 'weights' && forgotten.modelId === modelId,
    );
  }

  /** The open run is worked on, here or in another tab: nothing of it can go. */
  get isBusy(): boolean {
    const { kind } = this.#deps.run.phase;
    return kind === 'running' || kind === 'starting' || kind === 'elsewhere';
  }

  /** Deletes in time what an earlier visit, or another tab, has forgotten. */
  open(): void {
    for (const forgotten of this.#deps.runs.forgotten) {
      const leftMs = forgotten.at + UNDO_MS + GRACE_MS - Date.now();
      setTimeout(() => void this.#finish(forgotten), Math.max(0, leftMs));
    }
  }

  /**
   * Deletes what nobody needs, as a crash may have left it; to be called while no other tab can add anything. Not where this one
   * has: what a project file brings is there before its runs.
   */
  async sweep(): Promise<void> {
    const { runs, images } = this.#deps;
    const { list } = runs;
    const isQuiet = () =>
      recordWrites() === this.#writesBefore && runs.list === list && !this.isBusy;
    if (runs.forgotten.length > 0 || !isQuiet()) return;
    const { sweep, sweepHandles } = await import('../storage/sweep');
    await sweep({ runs: list, images: images.neededHashes }, () => images.neededHashes, isQuiet);
    await sweepHandles(images.needed);
  }

  /** What goes with a picture. */
  async costOfPicture(image: ImageItem): Promise<Freed> {
    return this.#cost(this.#picture(image), image.sha256);
  }

  /** What goes with a run. */
  async costOfRun(run: Run): Promise<Freed> {
    return this.#cost(ofRun(run));
  }

  /** Forgets a picture in the set-up and in every run: its bytes, descriptions, verdicts and edits. */
  async picture(image: ImageItem): Promise<void> {
    const { images, run, view } = this.#deps;
    if (this.isBusy) return;
    const forgotten = this.#picture(image);
    const freed = await this.costOfPicture(image);
    const shown = run.board?.run.id;
    let putBack = (): void => undefined;
    await this.#forget(forgotten, told(`“${image.name}” forgotten`, freed), {
      hide: async () => {
        putBack = images.takeOut(image.sha256);
        if (view.imageId === image.id) view.closeImage();
        await this.#reopen(shown);
      },
      show: async () => {
        putBack();
        await this.#reopen(shown);
      },
    });
  }

  /** Forgets a run with all results that no other run has. */
  async forgetRun(run: Run): Promise<void> {
    const isShown = this.#deps.run.board?.run.id === run.id;
    if (isShown && this.isBusy) return;
    const freed = await this.costOfRun(run);
    await this.#forget(ofRun(run), told(`Run “${run.name}” deleted`, freed), {
      hide: () => {
        if (isShown) this.#deps.run.close();
      },
      show: async () => {
        const { run: shown, runs } = this.#deps;
        const back = runs.list.find(({ id }) => id === run.id);
        // Unless another one is open meanwhile.
        if (isShown && shown.phase.kind === 'none' && back !== undefined) await shown.open(back);
      },
    });
  }

  /** Forgets the weights of a model; the next run that needs them fetches them again. */
  async weights(modelId: string, name: string, bytes: number): Promise<void> {
    const text = `${name} deleted; freed ${formatBytes(bytes)}. The next run with it fetches it again.`;
    await this.#forget({ kind: 'weights', modelId, at: Date.now() }, text, {});
  }

  async #forget(
    forgotten: Forgotten,
    text: string,
    on: { readonly hide?: () => void | Promise<void>; readonly show?: () => void | Promise<void> },
  ): Promise<void> {
    const { runs, notices, onChange } = this.#deps;
    const undo = async () => {
      await withdrawForgotten(forgotten);
      await runs.load();
      await on.show?.();
      onChange();
    };
    try {
      await saveForgotten(forgotten);
      await runs.load();
      await on.hide?.();
      onChange();
    } catch (error) {
      this.#fail(error);
      return;
    }
    const action = {
      label: 'Undo',
      run: () => void undo().catch((error: unknown) => this.#fail(error)),
    };
    notices.show({ text, tone: 'info', action }, { onGone: () => void this.#finish(forgotten) });
  }

  async #finish(forgotten: Forgotten): Promise<void> {
    const { runs, images, onChange } = this.#deps;
    try {
      // Weights are not taken away under a run that may be reading them.
      if (forgotten.kind === 'weights' && (await isAnyRunHeld())) {
        setTimeout(() => void this.#finish(forgotten), UNDO_MS);
        return;
      }
      if (forgotten.kind === 'picture') images.letGo(forgotten.sha256);
      await finishForgetting(forgotten, () => images.neededHashes);
      const { sweepHandles } = await import('../storage/sweep');
      await sweepHandles(images.needed);
      await runs.load();
      onChange();
    } catch (error) {
      this.#fail(error);
    }
  }

  #picture({ sha256 }: ImageItem): Forgotten {
    const runIds = this.#deps.runs.list
      .filter(({ images }) => images.some((image) => image.sha256 === sha256))
      .map(({ id }) => id);
    return { kind: 'picture', sha256, runIds, at: Date.now() };
  }

  /** What nobody needs without it, less what nobody needs anyway. */
  async #cost(forgotten: Forgotten, ownHash?: string): Promise<Freed> {
    const { runs, images } = this.#deps;
    const setup = images.neededHashes ?? [];
    const { unneeded } = await import('../storage/sweep');
    const before = await unneeded({ runs: runs.list, images: setup });
    const after = await unneeded({
      runs: runs.listWithout(forgotten),
      images: setup.filter((sha256) => sha256 !== ownHash),
    });
    const { measureRows } = await import('../storage/usage');
    return measureRows(difference(after, before), knownBytes(runs.list, images.items));
  }

  /** Shows the run with, or without, the picture, unless another one is open meanwhile. */
  async #reopen(runId: string | undefined): Promise<void> {
    const { run, runs } = this.#deps;
    const isAnother = run.board !== null && run.board.run.id !== runId;
    if (runId === undefined || isAnother) return;
    const now = runs.list.find(({ id }) => id === runId);
    if (now === undefined) run.close();
    else await run.open(now);
  }

  #fail(error: unknown): void {
    const text = `That could not be forgotten (${toErrorData(error).code}). Reload the page and try again.`;
    this.#deps.notices.show({ text, tone: 'error' });
  }
}

/** "Run “Cats” deleted: 9 descriptions; freed 20 kB." */
function told(what: string, freed: Freed): string {
  const text = freedText(freed, 'freed');
  return text === '' ? `${what}.` : `${what}: ${text}.`;
}

function ofRun({ id }: Run): Forgotten {
  return { kind: 'run', runId: id, at: Date.now() };
}

function difference(after: KeysByStore, before: KeysByStore): KeysByStore {
  const less = (name: keyof KeysByStore) => {
    const already = new Set(before[name]);
    return after[name].filter((key) => !already.has(key));
  };
  return {
    journal: less('journal'),
    edits: less('edits'),
    images: less('images'),
    thumbnails: less('thumbnails'),
  };
}

/** Bytes of the pictures that runs and set-up name. */
export function knownBytes(runs: readonly Run[], items: readonly ImageItem[]): KnownBytes {
  const all = [...items, ...runs.flatMap(({ images }) => images)];
  return new Map(all.map(({ sha256, bytes }) => [sha256, bytes]));
}
