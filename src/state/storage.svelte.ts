import { toErrorData, type ErrorData } from '../core/errors';
import type { ForgetChoices } from '../storage/forget';
import type { Usage } from '../storage/usage';
import { knownBytes } from './forget.svelte';
import type { ImagesState } from './images.svelte';
import { isAnyRunHeld } from './run-tab';
import type { RunsState } from './runs.svelte';

const FREED_KEY = 'freed-bytes';

interface Dependencies {
  readonly images: ImagesState;
  readonly runs: RunsState;
  /** Ends what writes by itself. */
  readonly stopBackground: () => void;
  /** Tells the other tabs that everything is gone. */
  readonly onEmptied: () => void;
}

/** What is kept where, measured when somebody looks; and the way to be rid of all of it. */
export class StorageState {
  #usage = $state.raw<Usage | null>(null);
  #error = $state.raw<ErrorData | null>(null);
  #isEmptying = $state(false);
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** Null until it was measured. */
  get usage(): Usage | null {
    return this.#usage;
  }
  get error(): ErrorData | null {
    return this.#error;
  }
  get isEmptying(): boolean {
    return this.#isEmptying;
  }

  async measure(): Promise<void> {
    const { images, runs } = this.#deps;
    try {
      const { measureUsage } = await import('../storage/usage');
      this.#usage = await measureUsage(knownBytes(runs.list, images.items));
      this.#error = null;
    } catch (error) {
      this.#error = toErrorData(error);
    }
  }

  /** Whether a run, here or in another tab, keeps everything from being forgotten. */
  isRunning(): Promise<boolean> {
    return isAnyRunHeld();
  }

  /** Forgets everything at once and for good, and starts the page afresh. */
  async forgetEverything(choices: ForgetChoices, bytes: number): Promise<void> {
    this.#isEmptying = true;
    try {
      this.#deps.stopBackground();
      const { forgetEverything } = await import('../storage/forget');
      await forgetEverything(choices);
      // Read once by the page that comes: what is fetched on a first visit is not fetched at once again.
      sessionStorage.setItem(FREED_KEY, String(bytes));
      this.#deps.onEmptied();
      location.reload();
    } catch (error) {
      this.#error = toErrorData(error);
      this.#isEmptying = false;
    }
  }
}

/** Bytes that were freed just before this page was loaded; null where nothing was forgotten. Said once. */
export function takeFreedBytes(): number | null {
  try {
    const bytes = sessionStorage.getItem(FREED_KEY);
    sessionStorage.removeItem(FREED_KEY);
    return bytes === null ? null : Number(bytes);
  } catch {
    return null; // storage is blocked
  }
}
