import type { Cell } from '../../core/cell';
import { AppError, isAbort, toErrorData, type ErrorData } from '../../core/errors';
import type { ImageItem } from '../../core/image';
import type { Run, RunModel } from '../../core/run';
import { MAX_ATTEMPTS, remedyFor, type FailureStreak } from './faults';
import type { RunnerEvents, RunnerPorts, SettledCell, VisionPort } from './types';

/** The open cells of one image for one model. */
export interface LaneImage {
  readonly image: ImageItem;
  readonly cells: readonly Cell[];
}

export interface LaneContext {
  readonly run: Run;
  readonly ports: RunnerPorts;
  readonly events: RunnerEvents;
  readonly streak: FailureStreak;
  /** Runs a piece of work when a place among the lanes is free. */
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly settled: (cell: Cell, state: SettledCell) => void;
  readonly signal: AbortSignal;
}

/**
 * One model's way through the images: its worker is started once, looks at each image once, answers every
 * prompt, and is terminated at the end or when anything throws.
 */
export class Lane {
  readonly #context: LaneContext;
  readonly #model: RunModel;
  #worker: VisionPort | undefined;

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
        try {
          await turn(() => this.#describe(image));
        } catch (error) {
          if (remedyOf(error) !== 'fail-model') throw error;
          await this.#failModel(images.slice(index), toErrorData(error));
          return;
        }
        events.model(this.#model.id, { kind: 'idle' });
      }
      events.model(this.#model.id, { kind: 'done' });
    } catch (error) {
      if (remedyOf(error) === 'stop-run') throw error;
      await this.#failModel(images, toErrorData(error));
    } finally {
      this.#worker?.stop();
      this.#worker = undefined;
    }
  }

  async #describe({ image, cells }: LaneImage): Promise<void> {
    let open = cells;
    for (let attempt = 1; open.length > 0; attempt += 1) {
      const failure = await this.#tryCells(image, open, (cell) => {
        open = open.filter((other) => other !== cell);
      });
      if (failure === undefined) continue;
      const remedy = remedyFor(failure);
      if (remedy === 'fail-model' || remedy === 'stop-run')
        throw new AppError(failure.code, failure.detail);
      if (remedy === 'restart-worker') this.#dropWorker();
      if (remedy === 'restart-worker' && attempt < MAX_ATTEMPTS) continue;
      const [first, ...rest] = open;
      if (first === undefined) return;
      await this.#fail(first, failure, attempt);
      open = rest;
      attempt = 0;
    }
  }

  /** Answers cells until one fails; the failure is returned, the answered ones reported through `done`. */
  async #tryCells(
    image: ImageItem,
    cells: readonly Cell[],
    done: (cell: Cell) => void,
  ): Promise<ErrorData | undefined> {
    const { events, ports, signal } = this.#context;
    let current = cells[0];
    try {
      const worker = await this.#readyWorker();
      events.model(this.#model.id, { kind: 'working', imageId: image.id });
      const look = await worker.look(await ports.imageBlob(image), signal);
      let lookMs = look.decodeMs + look.encodeMs;
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

  async #answer(worker: VisionPort, cell: Cell, lookMs: number): Promise<void> {
    const { run, events, ports, signal, streak, settled } = this.#context;
    const prompt = run.prompts.find(({ id }) => id === cell.promptId);
    if (prompt === undefined) throw new AppError('unknown', `no prompt ${cell.promptId}`);
    events.cell(cell.key, { status: 'running', text: '' });
    const answer = await worker.ask(
      { prompt: prompt.text, decode: run.decode },
      (text) => {
        if (!signal.aborted) events.cell(cell.key, { status: 'running', text });
      },
      signal,
    );
    if (answer.text.trim() === '') throw new AppError('model-empty-answer');
    const description = {
      text: answer.text,
      device: run.device,
      timings: { lookMs, generateMs: answer.generateMs, newTokens: answer.tokenIds.length },
      finishedAt: Date.now(),
      cutOff: answer.cutOff,
    };
    await ports.saveRecord(cell.key, { kind: 'description', description });
    streak.succeeded();
    settled(cell, { status: 'done', description });
  }

  async #readyWorker(): Promise<VisionPort> {
    if (this.#worker !== undefined) return this.#worker;
    const { run, events, ports, signal } = this.#context;
    events.model(this.#model.id, { kind: 'loading' });
    const worker = ports.vision();
    this.#worker = worker;
    try {
      await worker.load(
        {
          modelId: this.#model.id,
          revision: this.#model.revision,
          device: run.device,
          threads: run.threads,
        },
        signal,
      );
    } catch (error) {
      this.#dropWorker();
      throw error;
    }
    return worker;
  }

  #dropWorker(): void {
    this.#worker?.stop();
    this.#worker = undefined;
  }

  async #fail(cell: Cell, error: ErrorData, attempts: number): Promise<void> {
    const { ports, streak, settled } = this.#context;
    await ports.saveRecord(cell.key, { kind: 'failure', error, attempts });
    settled(cell, { status: 'failed', error, attempts });
    streak.failed(error);
  }

  async #failModel(images: readonly LaneImage[], error: ErrorData): Promise<void> {
    const { ports, settled, events } = this.#context;
    events.model(this.#model.id, { kind: 'failed', error });
    for (const cell of images.flatMap(({ cells }) => cells)) {
      await ports.saveRecord(cell.key, { kind: 'failure', error, attempts: 1 });
      settled(cell, { status: 'failed', error, attempts: 1 });
    }
  }
}

function remedyOf(error: unknown) {
  return isAbort(error) ? 'stop-run' : remedyFor(toErrorData(error));
}
