import type { CellState } from '../core/cell';
import type { Run } from '../core/run';
import type { VerdictState } from '../core/verdict';
import type { RunnerEvents } from '../engine/runner/types';

/** What the tab that works on a run tells the others. */
type Told =
  /** It works on it from now on. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'cell'; readonly key: string; readonly state: CellState }
  | { readonly kind: 'verdict'; readonly imageId: string; readonly state: VerdictState }
  /** More was asked of the run than it was planned with. */
  | { readonly kind: 'run'; readonly run: Run }
  /** It ended by itself or was stopped: nobody has to go on. */
  | { readonly kind: 'over' };

/** What is said on a run, as it is heard here. */
export interface Listener {
  /** Another tab has begun to work on it. */
  readonly begun: Promise<void>;
  /** Passes on what was heard so far, and all that comes. */
  readonly hear: (apply: (told: Told) => void) => void;
}

export type Sink = Pick<RunnerEvents, 'cell' | 'verdict'> & { run(run: Run): void };

/** `taken`: another tab took the run over while this one worked. */
export type Held = 'done' | 'taken' | 'elsewhere';

/**
 * This tab's part in a run that several tabs may have open: one of them works on it, by a lock that the browser frees when the
 * tab is gone; the others hear what it does. Without locks (insecure contexts) every tab works for itself.
 */
export class RunTab {
  readonly #name: string;
  readonly #locks = (navigator as { readonly locks?: LockManager | null }).locks ?? undefined;

  constructor(runId: string) {
    this.#name = `run ${runId}`;
  }

  /**
   * Works on the run, if no other tab does, or in that tab's place.
   * @param work ends soon after its signal, which another tab's taking over aborts
   */
  async hold(work: (taken: AbortSignal) => Promise<void>, takeOver = false): Promise<Held> {
    const taken = new AbortController();
    if (this.#locks === undefined) {
      await work(taken.signal);
      return 'done';
    }
    let working: Promise<void> | undefined;
    const options = takeOver ? { steal: true } : { ifAvailable: true };
    try {
      await this.#locks.request(this.#name, options, (lock) => {
        if (lock === null) return undefined;
        working = work(taken.signal);
        return working;
      });
    } catch (error) {
      if (working === undefined) {
        // A browser that keeps nothing for this site gives no locks either.
        await work(taken.signal);
        return 'done';
      }
      if (!isStolen(error)) throw error;
      taken.abort();
      await working;
      return 'taken';
    }
    return working === undefined ? 'elsewhere' : 'done';
  }

  /** Passes on to the other tabs what goes into `sink`, and what else they are told. */
  tell(sink: Omit<Sink, 'run'>): Sink & { over(): void } {
    const channel = new BroadcastChannel(this.#name);
    const post = (told: Told) => channel.postMessage(told);
    post({ kind: 'begun' });
    return {
      cell: (key, state) => {
        sink.cell(key, state);
        post({ kind: 'cell', key, state });
      },
      verdict: (imageId, state) => {
        sink.verdict(imageId, state);
        post({ kind: 'verdict', imageId, state });
      },
      run: (run) => post({ kind: 'run', run }),
      over: () => {
        post({ kind: 'over' });
        channel.close();
      },
    };
  }

  /**
   * Listens from now on, until the signal aborts: to be told when another tab begins, and to miss nothing that it says before
   * it is followed. Without locks no tab follows another, and nothing is heard.
   */
  listen(signal: AbortSignal): Listener {
    const heard: Told[] = [];
    let take = (told: Told): void => void heard.push(told);
    const begun = new Promise<void>((resolve) => {
      if (this.#locks === undefined || signal.aborted) return;
      const channel = new BroadcastChannel(this.#name);
      channel.onmessage = ({ data }: MessageEvent<Told>) => {
        if (data.kind === 'begun') resolve();
        take(data);
      };
      signal.addEventListener('abort', () => channel.close());
    });
    const hear = (apply: (told: Told) => void) => {
      take = apply;
      heard.splice(0).forEach(apply);
    };
    return { begun, hear };
  }

  /**
   * Shows what the working tab does until it ends: `over` when it said so, `gone` when it was closed or killed in the middle
   * or when the signal aborts.
   * @param open reads the run as it is on disk; what is heard before that is done is applied after it
   */
  async follow(
    open: () => Promise<Sink>,
    { hear }: Listener,
    signal: AbortSignal,
  ): Promise<'over' | 'gone'> {
    try {
      const sink = await open();
      const end = { isOver: false };
      hear((told) => {
        if (told.kind === 'cell') sink.cell(told.key, told.state);
        else if (told.kind === 'verdict') sink.verdict(told.imageId, told.state);
        else if (told.kind === 'run') sink.run(told.run);
        else end.isOver = told.kind === 'over';
      });
      // Granted when the working tab lets go, whatever the reason.
      await this.#locks?.request(this.#name, { signal }, () => undefined);
      await settled();
      return end.isOver ? 'over' : 'gone';
    } catch (error) {
      if (signal.aborted) return 'gone';
      throw error;
    }
  }
}

/** Whether any tab works on any run. */
export async function isAnyRunHeld(): Promise<boolean> {
  const { locks } = navigator as { readonly locks?: LockManager | null };
  const { held = [] } = (await locks?.query()) ?? {};
  return held.some(({ name }) => name?.startsWith('run ') === true);
}

function isStolen(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** A message that was sent, or a record that was written, before the lock went may come after it. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 150));
}
