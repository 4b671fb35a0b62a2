import { isAbort, toErrorData, type ErrorData } from '../core/errors';
import { withCalibrated } from '../core/calibrated';
import type { Learned } from '../core/learned';
import type { Lesson } from '../core/protocol';
import { learnFrom } from '../engine/learning';
import { saveLearned, savedLearned } from '../storage/learned';
import { acceptedPictures } from './accepted-pictures';
import type { AppState } from './app.svelte';
import { calibratedBy } from './learned-plan';
import { UNDO } from './notices.svelte';

type Dependencies = Pick<AppState, 'notices' | 'run' | 'runs'>;

/** What accepted captions tell of the models, and by what these count. */
export class LearningState {
  readonly #deps: Dependencies;
  readonly #learn: typeof learnFrom;
  #kept = $state.raw<Learned | null>(null);
  #found = $state.raw<Learned | null>(null);
  #progress = $state.raw<{ readonly read: number; readonly all: number } | null>(null);
  #error = $state.raw<ErrorData | null>(null);
  #looking: AbortController | undefined;

  constructor(deps: Dependencies, learn: typeof learnFrom = learnFrom) {
    this.#deps = deps;
    this.#learn = learn;
  }

  /** By what models count now; null: all alike. */
  get kept(): Learned | null {
    return this.#kept;
  }

  /** What the captions say, as far as they were looked at. */
  get found(): Learned | null {
    return this.#found;
  }

  /** Captions that are read, while they are. */
  get progress(): { readonly read: number; readonly all: number } | null {
    return this.#progress;
  }

  get error(): ErrorData | null {
    return this.#error;
  }

  /** Reads by what models count now: another tab may have changed it. */
  async load(): Promise<void> {
    await this.#try(async () => {
      this.#kept = await savedLearned();
    });
  }

  /** Reads all accepted captions; it ends with `signal`. */
  async look(signal: AbortSignal): Promise<void> {
    this.#looking?.abort();
    const looking = (this.#looking = new AbortController());
    const either = AbortSignal.any([signal, looking.signal]);
    this.#progress = { read: 0, all: 0 };
    await this.#try(async () => {
      this.#kept = await savedLearned();
      const pictures = await acceptedPictures(this.#deps.runs.list);
      either.throwIfAborted();
      const onRead = (read: number) => {
        if (!either.aborted) this.#progress = { read, all: pictures.length };
      };
      onRead(0);
      const lesson = await this.#learn(pictures, onRead, either);
      if (!either.aborted) this.#found = learnedFrom(lesson);
    });
    if (this.#looking === looking) this.#progress = null;
  }

  /** Models count by what was found from the next verdict on. */
  async use(): Promise<void> {
    if (this.#found !== null) await this.#keep(this.#found, 'Models count by your captions now.');
  }

  /** All models count alike again. */
  async forget(): Promise<void> {
    await this.#keep(null, 'All models count alike again.');
  }

  /** Whether the verdicts of the run on screen were made by something else than what models count by now. */
  async isOther(): Promise<boolean> {
    const { board } = this.#deps.run;
    if (board === null) return false;
    const now = await calibratedBy(this.#kept, board.run, 0);
    return now.name !== (board.run.calibrated?.at(-1)?.name ?? '');
  }

  /** Makes the verdicts of the run on screen again, by what models count by now. What was accepted stays the caption. */
  async judgeAgain(): Promise<void> {
    const { run } = this.#deps;
    const { board } = run;
    if (board === null) return;
    await this.#try(async () => {
      const calibrated = await calibratedBy(this.#kept, board.run, Date.now());
      await board.keepAccepted();
      await run.ask((asked) => withCalibrated(asked, calibrated));
    });
  }

  async #keep(learned: Learned | null, text: string): Promise<void> {
    const before = this.#kept;
    const put = (value: Learned | null) =>
      this.#try(async () => {
        await saveLearned(value);
        this.#kept = value;
      });
    if (!(await put(learned))) return;
    const action = { label: UNDO, run: () => void put(before) };
    this.#deps.notices.show({ text, tone: 'info', action });
  }

  /** @returns whether it was done */
  async #try(work: () => Promise<void>): Promise<boolean> {
    this.#error = null;
    try {
      await work();
      return true;
    } catch (error) {
      if (!isAbort(error)) this.#error = toErrorData(error);
      return false;
    }
  }
}

function learnedFrom({ calibrations, tallies, pictures, claims }: Lesson): Learned {
  return { calibrations, at: Date.now(), from: { kind: 'captions', pictures, claims, tallies } };
}

const byApp = new WeakMap<AppState, LearningState>();

/** The page's own; made when it is first asked for. */
export function learningOf(app: AppState): LearningState {
  const known = byApp.get(app);
  if (known !== undefined) return known;
  const made = new LearningState(app);
  byApp.set(app, made);
  return made;
}
