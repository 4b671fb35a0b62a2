import type { Cell } from '../../core/cell';
import { AppError, isAbort, toErrorData, type ErrorData } from '../../core/errors';
import type { ImageItem } from '../../core/image';
import { deviceOf } from '../../core/replan';
import type { RunModel } from '../../core/run';
import { answerQuestions } from './answer-questions';
import type { CheckPass } from './check-pass';
import { MAX_ATTEMPTS, remedyFor, type FailureStreak } from './faults';
import { loadTarget } from './load-target';
import type { RunnerEvents, RunnerPorts, RunTask, SettledCell, VisionPort } from './types';

/** The open cells of one image for one model; none where only claims are left to check. */
export interface LaneImage {
  readonly image: ImageItem;
  readonly cells: readonly Cell[];
  /** Whether the model is asked about the claims on it, when all its descriptions are there. */
  readonly isAsked: boolean;
}

export interface LaneContext extends Pick<RunTask, 'run' | 'threadsOn'> {
  readonly ports: RunnerPorts;
  readonly events: RunnerEvents;
  readonly streak: FailureStreak;
  /** Runs a piece of work when a place among the lanes is free. */
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly settled: (cell: Cell, state: SettledCell) => void;
  /** Undefined where no claims are checked. */
  readonly checks: CheckPass | undefined;
  readonly signal: AbortSignal;
}

/**
 * One model's way through the images: its worker is started once, looks at each image once, answers every
 * prompt, and is terminated at the end or when anything throws. The claims about an image are checked when the next one
 * is described: by then the other models have mostly said what they see in it.
 */
export class Lane {
  readonly #context: LaneContext;
  readonly #model: RunModel;
  #worker: VisionPort | undefined;
  /** Images that the worker remembers. */
  #looked: readonly string[] = [];
  /** Whether the worker has answered anything yet. */
  #isFresh = true;

  constructor(model: RunModel, context: LaneContext) {
    this.#model = model;
    this.#context = context;
  }

  /** @throws AppError when the run has to stop (`aborted`, or the machine's fault). */
  async go(images: readonly LaneImage[]): Promise<void> {
    const { events, turn, signal, ports } = this.#context;
    try {
      events.model(this.#model.id, { kind: 'fetching' });
      await ports.ensureWeights(this.#model, signal);
      for (const [index, image] of images.entries()) {
        const failure =
          image.cells.length === 0 ? undefined : await turn(() => this.#describe(image));
        if (failure !== undefined) {
          const [now, ...later] = [
            failure.open,
            ...images.slice(index + 1).map(({ cells }) => cells),
          ];
          await this.#failModel([...now, ...later.flat()], failure.error);
          return;
        }
        events.model(this.#model.id, { kind: 'idle' });
        await this.#check(images[index - 1]);
      }
      await this.#check(images.at(-1));
      events.model(this.#model.id, { kind: 'done' });
    } catch (error) {
      if (remedyOf(error) === 'stop-run') throw error;
      await this.#failModel(
        images.flatMap(({ cells }) => cells),
        toErrorData(error),
      );
    } finally {
      this.#context.checks?.leave(this.#model.id);
      this.#dropWorker();
    }
  }

  /**
   * Gives back what was left when the model turned out not to work, with the reason.
   * @throws AppError when the run has to stop
   */
  async #describe({ image, cells }: LaneImage): Promise<ModelFailure | undefined> {
    let open = cells;
    for (let attempt = 1; open.length > 0; attempt += 1) {
      const failure = await this.#tryCells(image, open, (cell) => {
        open = open.filter((other) => other !== cell);
      });
      if (failure === undefined) continue;
      const remedy = remedyFor(failure, { attempt, isFresh: this.#isFresh });
      if (remedy === 'stop-run') throw new AppError(failure.code, failure.detail);
      if (remedy === 'fail-model') return { open, error: failure };
      if (remedy === 'restart-worker') this.#dropWorker();
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
    done: (cell: Cell) => void,
  ): Promise<ErrorData | undefined> {
    const { events } = this.#context;
    let current = cells[0];
    try {
      const worker = await this.#readyWorker();
      events.model(this.#model.id, { kind: 'working', imageId: image.id });
      let lookMs = await this.#look(worker, image);
      for (const cell of cells) {
        current = cell;
        await this.#answer(worker, cell, lookMs);
        lookMs = 0;
        done(cell);
      }
      return undefined;
    } catch (error) {
      if (current !== undefined) events.cell(current.key, { status: 'waiting' });
      return toErrorData(error);
    }
  }

  /** Milliseconds that it took; nothing where the worker still remembers the image. */
  async #look(worker: VisionPort, image: ImageItem): Promise<number> {
    if (this.#looked.includes(image.id)) return 0;
    const { ports, signal } = this.#context;
    const look = await worker.look(await ports.imageBlob(image), image.id, signal);
    this.#looked = [...this.#looked.slice(-1), image.id];
    return look.decodeMs + look.encodeMs;
  }

  /** Asks the model about every claim on an image. A worker that fails twice at it leaves the claims unchecked. */
  async #check(laneImage: LaneImage | undefined): Promise<void> {
    const { checks, turn, ports } = this.#context;
    if (checks === undefined || laneImage?.isAsked !== true) return;
    const { image } = laneImage;
    const questions = await checks.questions(image.id);
    if (questions === null) return;
    const model = this.#model;
    const answered = await turn(() =>
      answerQuestions(questions, {
        image,
        model,
        ports,
        ask: (texts) => this.#askYesNo(image, texts),
      }),
    );
    checks.answer(image.id, model.id, answered);
  }

  async #askYesNo(image: ImageItem, questions: readonly string[]): Promise<readonly number[]> {
    const { events, signal } = this.#context;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const worker = await this.#readyWorker();
        events.model(this.#model.id, { kind: 'working', imageId: image.id });
        await this.#look(worker, image);
        return await worker.check({ imageId: image.id, questions }, signal);
      } catch (error) {
        this.#dropWorker();
        if (remedyOf(error) === 'stop-run') throw error;
        if (attempt >= MAX_ATTEMPTS) return [];
      }
    }
  }

  async #answer(worker: VisionPort, cell: Cell, lookMs: number): Promise<void> {
    const { run, events, ports, signal, streak, settled } = this.#context;
    events.cell(cell.key, { status: 'running', text: '' });
    const answer = await worker.ask(
      { imageId: cell.imageId, prompt: cell.asked, decode: cell.identity.decode },
      (text) => {
        if (!signal.aborted) events.cell(cell.key, { status: 'running', text });
      },
      signal,
    );
    this.#isFresh = false;
    if (answer.text.trim() === '') throw new AppError('model-empty-answer');
    const description = {
      text: answer.text,
      device: deviceOf(run, this.#model),
      timings: { lookMs, generateMs: answer.generateMs, newTokens: answer.tokenIds.length },
      finishedAt: Date.now(),
      cutOff: answer.cutOff,
    };
    await ports.saveRecords([[cell.key, { kind: 'description', description }]]);
    streak.succeeded();
    settled(cell, { status: 'done', description });
  }

  async #readyWorker(): Promise<VisionPort> {
    if (this.#worker !== undefined) return this.#worker;
    const { events, ports, signal } = this.#context;
    events.model(this.#model.id, { kind: 'loading' });
    const worker = ports.vision();
    this.#worker = worker;
    try {
      const target = loadTarget(this.#model, this.#context);
      await worker.load(target, signal);
      await ports.tryVision?.(this.#model, target, worker, signal);
    } catch (error) {
      this.#dropWorker();
      throw error;
    }
    return worker;
  }

  #dropWorker(): void {
    this.#worker?.stop();
    this.#worker = undefined;
    this.#looked = [];
    this.#isFresh = true;
  }

  async #fail(cell: Cell, error: ErrorData, attempts: number): Promise<void> {
    const { ports, streak, settled } = this.#context;
    await ports.saveRecords([[cell.key, { kind: 'failure', error, attempts }]]);
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
