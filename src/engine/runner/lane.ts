import type { Cell, Description } from '../../core/cell';
import { withPenalty } from '../../core/decode';
import { degenerate } from '../../core/degenerate';
import { AppError, isAbort, toErrorData, type ErrorData } from '../../core/errors';
import type { ImageItem } from '../../core/image';
import type { Answer, LookOptions } from '../../core/protocol';
import { deviceOf } from '../../core/replan';
import type { RunModel } from '../../core/run';
import { answerQuestions } from './answer-questions';
import type { CheckPass } from './check-pass';
import { MAX_ATTEMPTS, remedyFor, type FailureStreak } from './faults';
import type { ImageOrder } from './image-order';
import { LaneWorker } from './lane-worker';
import { loadTarget } from './load-target';
import type { Steering } from './steering';
import type { RunnerEvents, RunnerPorts, RunTask, SettledCell } from './types';

/** The open cells of one image for one model; none where only claims are left to check. */
export interface LaneImage {
  readonly image: ImageItem;
  readonly cells: readonly Cell[];
  /** Whether the model is asked about the claims on it, when all its descriptions are there. */
  readonly isAsked: boolean;
}

export interface LaneContext extends Pick<RunTask, 'run' | 'looksAhead' | 'threadsOn'> {
  readonly ports: RunnerPorts;
  readonly events: RunnerEvents;
  readonly streak: FailureStreak;
  readonly steering: Steering;
  /** Runs a piece of work when a place among the lanes is free. */
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly settled: (cell: Cell, state: SettledCell) => void;
  /** Undefined where no claims are checked. */
  readonly checks: CheckPass | undefined;
  readonly order: ImageOrder;
  readonly signal: AbortSignal;
}

/** What two plans know the worker of a model by. */
export function laneKey(model: RunModel, context: Pick<RunTask, 'run' | 'threadsOn'>): string {
  return JSON.stringify(loadTarget(model, context));
}

/**
 * One model's way through the images: its worker is started once, looks at each image once, answers every
 * prompt, and is terminated at the end or when anything throws. The claims about an image are checked when the next one
 * is described: by then the other models have mostly said what they see in it.
 */
export class Lane {
  readonly #context: LaneContext;
  readonly #model: RunModel;
  readonly #worker: LaneWorker;
  readonly #key: string;
  /** Aborts when the run is stopped, or the model left out of it. */
  readonly #signal: AbortSignal;
  /** Keys of cells that are on disk. */
  readonly #finished = new Set<string>();

  constructor(model: RunModel, context: LaneContext) {
    this.#model = model;
    this.#context = context;
    const { steering, signal } = context;
    const target = loadTarget(model, context);
    this.#key = laneKey(model, context);
    const isLane = (worker: unknown): worker is LaneWorker => worker instanceof LaneWorker;
    this.#worker =
      steering.crew.take(this.#key, isLane) ?? new LaneWorker(model, target, context.ports);
    this.#signal = AbortSignal.any([signal, steering.dismissal(model.id)]);
  }

  /**
   * @param comesAgain its worker is needed once more, next: it is kept
   * @returns false where the model did not work, or was left out
   * @throws AppError when the run has to stop (`aborted`, or the machine's fault), or the plan has ended
   */
  async go(images: readonly LaneImage[], comesAgain = false): Promise<boolean> {
    const { events, ports, steering, checks } = this.#context;
    let works = false;
    try {
      // Left out before its turn.
      if (this.#signal.aborted) throw new AppError('aborted');
      events.model(this.#model.id, { kind: 'fetching' });
      await ports.ensureWeights(this.#model, AbortSignal.any([this.#signal, steering.planEnd]));
      works = await this.#goThrough(new Map(images.map((one) => [one.image.id, one])));
      if (works) events.model(this.#model.id, { kind: 'done' });
    } catch (error) {
      if (this.#isDismissed) {
        events.model(this.#model.id, { kind: 'skipped' });
        return false;
      }
      if (remedyOf(error) === 'stop-run') throw error;
      const open = images
        .flatMap(({ cells }) => cells)
        .filter(({ key }) => !this.#finished.has(key));
      await this.#failModel(open, toErrorData(error));
    } finally {
      checks?.leave(this.#model.id);
      const isKept = steering.planEnd.aborted || (comesAgain && works);
      if (isKept && !this.#signal.aborted) steering.crew.keep(this.#key, this.#worker);
      else this.#worker.drop();
    }
    return works;
  }

  /** Left out of the run, which goes on. */
  get #isDismissed(): boolean {
    return this.#signal.aborted && !this.#context.signal.aborted;
  }

  /** @returns false where the model turned out not to work */
  async #goThrough(images: Map<string, LaneImage>): Promise<boolean> {
    const { events, turn, order } = this.#context;
    let before: LaneImage | undefined;
    for (let place = 0; ; place += 1) {
      const id = order.at(place);
      if (id === undefined) break;
      const image = images.get(id);
      if (image === undefined) continue;
      images.delete(id);
      const failure =
        image.cells.length === 0
          ? undefined
          : await turn(() => this.#describe(image, () => images.get(order.next(place + 1) ?? '')));
      if (failure !== undefined) {
        const later = [...images.values()].flatMap(({ cells }) => cells);
        await this.#failModel([...failure.open, ...later], failure.error);
        return false;
      }
      events.model(this.#model.id, { kind: 'idle' });
      await this.#check(before);
      before = image;
    }
    await this.#check(before);
    return true;
  }

  /**
   * @param next the image that comes after it, as it stands now
   * @returns what was left when the model turned out not to work, with the reason.
   * @throws AppError when the run has to stop
   */
  async #describe(
    { image, cells }: LaneImage,
    next: () => LaneImage | undefined,
  ): Promise<ModelFailure | undefined> {
    let open = cells;
    for (let attempt = 1; open.length > 0; attempt += 1) {
      const done = (cell: Cell) => (open = open.filter((other) => other !== cell));
      const failure = await this.#tryCells(image, open, { done, next });
      if (failure === undefined) continue;
      const remedy = remedyFor(failure, { attempt, isFresh: this.#worker.isFresh });
      if (remedy === 'stop-run') throw new AppError(failure.code, failure.detail);
      if (remedy === 'fail-model') return { open, error: failure };
      if (remedy === 'restart-worker') this.#worker.drop();
      if (remedy === 'restart-worker' && attempt < MAX_ATTEMPTS) {
        this.#context.events.model(this.#model.id, { kind: 'restarting', error: failure });
        continue;
      }
      const [first, ...rest] = open;
      if (first === undefined) return undefined;
      await this.#fail(first, failure, attempt);
      open = rest;
      attempt = 0;
    }
    return undefined;
  }

  /** Answers cells until one fails; the failure is returned, the answered ones reported through `done`. */
  async #tryCells(
    image: ImageItem,
    cells: readonly Cell[],
    { done, next }: { done: (cell: Cell) => void; next: () => LaneImage | undefined },
  ): Promise<ErrorData | undefined> {
    const { events, steering } = this.#context;
    let current = cells[0];
    try {
      await this.#load();
      events.model(this.#model.id, { kind: 'working', imageId: image.id });
      let lookMs = await this.#worker.look(image, this.#lookOptions, this.#signal);
      this.#prepare(next());
      for (const cell of cells) {
        current = cell;
        await steering.mayBegin(this.#signal);
        await this.#answer(cell, lookMs);
        lookMs = 0;
        done(cell);
      }
      return undefined;
    } catch (error) {
      if (current !== undefined) events.cell(current.key, { status: 'waiting' });
      return toErrorData(error);
    }
  }

  /** Asks the model about every claim on an image. A worker that fails twice at it leaves the claims unchecked. */
  async #check(laneImage: LaneImage | undefined): Promise<void> {
    const { checks, turn, ports } = this.#context;
    if (checks === undefined || laneImage?.isAsked !== true) return;
    const { image } = laneImage;
    const questions = await checks.questions(image.id);
    if (questions === null) return;
    const model = this.#model;
    let ms: number | null = null;
    const ask = async (texts: readonly string[]) => {
      const started = performance.now();
      const answers = await this.#askYesNo(image, texts);
      ms = performance.now() - started;
      return answers;
    };
    const answered = await turn(() => answerQuestions(questions, { image, model, ports, ask }));
    this.#context.events.checked?.(model.id, image.id, ms);
    checks.answer(image.id, model.id, answered);
  }

  async #askYesNo(image: ImageItem, questions: readonly string[]): Promise<readonly number[]> {
    const { events } = this.#context;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#load();
        events.model(this.#model.id, { kind: 'working', imageId: image.id });
        await this.#worker.look(image, this.#lookOptions, this.#signal);
        return await this.#worker.check(image.id, questions, this.#signal);
      } catch (error) {
        this.#worker.drop();
        if (remedyOf(error) === 'stop-run') throw error;
        if (attempt >= MAX_ATTEMPTS) return [];
      }
    }
  }

  async #answer(cell: Cell, lookMs: number): Promise<void> {
    const { run, events, ports, streak, settled } = this.#context;
    events.cell(cell.key, { status: 'running', text: '' });
    const { answer, marks } = await this.#goodAnswer(cell);
    const description = {
      text: answer.text,
      device: deviceOf(run, this.#model),
      timings: { lookMs, generateMs: answer.generateMs, newTokens: answer.tokenIds.length },
      finishedAt: Date.now(),
      cutOff: answer.cutOff,
      ...marks,
    };
    await ports.saveRecords([[cell.key, { kind: 'description', description }]]);
    this.#finished.add(cell.key);
    streak.succeeded();
    settled(cell, { status: 'done', description });
  }

  /** What is no answer (empty, a loop, signs alone) is asked for once more, under a penalty for repeating. */
  async #goodAnswer(
    cell: Cell,
  ): Promise<{ answer: Answer; marks: Pick<Description, 'degenerate' | 'retriedFor'> }> {
    const first = await this.#ask(cell);
    const sign = degenerate(first.text);
    if (sign === undefined) return { answer: first, marks: {} };
    await this.#context.steering.mayBegin(this.#signal);
    const second = await this.#ask(cell, withPenalty(cell.identity.decode));
    const left = degenerate(second.text);
    if (left === undefined) return { answer: second, marks: { retriedFor: sign } };
    // The model's own words, as it says them undisturbed, where it says any.
    const answer = sign === 'empty' ? second : first;
    if (answer.text.trim() === '') throw new AppError('model-empty-answer');
    return { answer, marks: { degenerate: sign === 'empty' ? left : sign } };
  }

  #ask(cell: Cell, decode = cell.identity.decode): Promise<Answer> {
    return this.#worker.ask(
      { imageId: cell.imageId, prompt: cell.asked, decode },
      (text) => this.#context.events.cell(cell.key, { status: 'running', text }),
      this.#signal,
    );
  }

  get #lookOptions(): LookOptions {
    const { maxImagePixels } = this.#context.run.decode;
    return maxImagePixels === undefined ? {} : { maxPixels: maxImagePixels };
  }

  /** Has the next image decoded beside what is computed now. */
  #prepare(next: LaneImage | undefined): void {
    if (!this.#context.looksAhead || next === undefined || next.cells.length === 0) return;
    void this.#worker.prepare(next.image, this.#lookOptions, this.#signal);
  }

  async #load(): Promise<void> {
    if (this.#worker.isLoaded) return;
    this.#context.events.model(this.#model.id, { kind: 'loading' });
    await this.#worker.load(this.#signal);
  }

  async #fail(cell: Cell, error: ErrorData, attempts: number): Promise<void> {
    const { ports, streak, settled } = this.#context;
    await ports.saveRecords([[cell.key, { kind: 'failure', error, attempts }]]);
    this.#finished.add(cell.key);
    settled(cell, { status: 'failed', error, attempts });
    streak.failed(error);
  }

  async #failModel(cells: readonly Cell[], error: ErrorData): Promise<void> {
    const { ports, settled, events } = this.#context;
    events.model(this.#model.id, { kind: 'failed', error });
    for (const cell of cells) {
      await ports.saveRecords([[cell.key, { kind: 'failure', error, attempts: 1 }]]);
      settled(cell, { status: 'failed', error, attempts: 1 });
    }
  }
}

interface ModelFailure {
  readonly open: readonly Cell[];
  readonly error: ErrorData;
}

function remedyOf(error: unknown) {
  return isAbort(error) ? 'stop-run' : remedyFor(toErrorData(error));
}
