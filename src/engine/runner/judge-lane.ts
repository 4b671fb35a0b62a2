import type { Cell, Description } from '../../core/cell';
import { faultOf, isAbort, toErrorData } from '../../core/errors';
import type { ImageItem } from '../../core/image';
import type { CheckedClaim } from '../../core/claims';
import type { ClaimQuestion, DescriptionInput } from '../../core/protocol';
import type { Run, RunModel } from '../../core/run';
import { verdictKey, type Verdict } from '../../core/verdict';
import { modelName } from '../../models/registry';
import { MAX_ATTEMPTS } from './faults';
import type { JudgePort, RunnerEvents, RunnerPorts } from './types';

/** An image whose cells are all settled, with those that have a description. */
export interface Evidence {
  readonly image: ImageItem;
  readonly described: readonly { readonly cell: Cell; readonly description: Description }[];
}

export interface JudgeLaneContext {
  readonly run: Run;
  readonly ports: RunnerPorts;
  readonly events: RunnerEvents;
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
}

/** Judges one image after the other, as soon as its last description and check are on disk. */
export class JudgeLane {
  readonly #context: JudgeLaneContext;
  readonly #model: RunModel;
  #worker: JudgePort | undefined;
  #isLoaded = false;
  #queue: Promise<void> = Promise.resolve();

  constructor(model: RunModel, context: JudgeLaneContext) {
    this.#model = model;
    this.#context = context;
  }

  /** The verdict that the journal has of this evidence, shown at once. */
  async showSaved({ image, described }: Evidence): Promise<boolean> {
    const saved = (await this.#context.ports.savedRecords([await this.#key(image, described)]))[0];
    if (saved?.kind !== 'verdict') return false;
    this.#context.events.verdict(image.id, { status: 'done', verdict: saved.verdict });
    return true;
  }

  /** What the descriptions claim, as questions for the models. */
  questions({ described }: Evidence): Promise<readonly ClaimQuestion[]> {
    const worker = (this.#worker ??= this.#context.ports.judge());
    return worker.questions(described.map(toInput), this.#context.signal);
  }

  /** Queues an image; `finish` reports what went wrong with the run as a whole. */
  add(evidence: Evidence, checks: readonly CheckedClaim[]): void {
    this.#queue = this.#queue.then(() => this.#judge(evidence, checks));
    this.#queue.catch(() => undefined); // reported by finish()
  }

  /** Waits for the queue and terminates the worker. @throws AppError when the run has to stop. */
  async finish(): Promise<void> {
    try {
      await this.#queue;
    } finally {
      this.stop();
    }
  }

  stop(): void {
    this.#worker?.stop();
    this.#worker = undefined;
    this.#isLoaded = false;
  }

  async #judge(evidence: Evidence, checks: readonly CheckedClaim[]): Promise<void> {
    const { events, ports, turn } = this.#context;
    const { image, described } = evidence;
    if (described.length === 0) {
      events.verdict(image.id, {
        status: 'failed',
        error: { code: 'nothing-to-judge', detail: '' },
      });
      return;
    }
    try {
      const verdict = await turn(() => this.#write(evidence, checks));
      const key = await this.#key(image, described);
      await ports.saveRecords([[key, { kind: 'verdict', verdict }]]);
      events.verdict(image.id, { status: 'done', verdict });
    } catch (error) {
      const data = toErrorData(error);
      if (isAbort(error) || faultOf(data.code) === 'machine') throw error;
      events.verdict(image.id, { status: 'failed', error: data });
    } finally {
      events.model(this.#model.id, { kind: 'idle' });
    }
  }

  #key(image: ImageItem, described: Evidence['described']): Promise<string> {
    const keys = described.map(({ cell }) => cell.key);
    return verdictKey(image.sha256, this.#model, this.#context.run.judgeMode, keys);
  }

  async #write(evidence: Evidence, checks: readonly CheckedClaim[]): Promise<Verdict> {
    const { run, events, signal } = this.#context;
    const { image } = evidence;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const worker = await this.#readyWorker();
        events.model(this.#model.id, { kind: 'working', imageId: image.id });
        events.verdict(image.id, { status: 'running', text: '' });
        const verdict = await worker.judge(
          {
            descriptions: evidence.described.map(toInput),
            checks,
            decode: run.decode,
          },
          (text) => {
            if (!signal.aborted) events.verdict(image.id, { status: 'running', text });
          },
          signal,
        );
        return { ...verdict, device: run.device, finishedAt: Date.now() };
      } catch (error) {
        events.verdict(image.id, { status: 'waiting' });
        this.stop();
        if (attempt >= MAX_ATTEMPTS || faultOf(toErrorData(error).code) !== 'worker') throw error;
      }
    }
  }

  async #readyWorker(): Promise<JudgePort> {
    if (this.#worker !== undefined && this.#isLoaded) return this.#worker;
    const { run, events, ports, signal } = this.#context;
    events.model(this.#model.id, { kind: 'fetching' });
    await ports.ensureWeights(this.#model, signal);
    events.model(this.#model.id, { kind: 'loading' });
    const worker = (this.#worker ??= ports.judge());
    await worker.load(
      {
        modelId: this.#model.id,
        revision: this.#model.revision,
        device: run.device,
        threads: run.threads,
      },
      signal,
    );
    this.#isLoaded = true;
    return worker;
  }
}

function toInput({ cell, description }: Evidence['described'][number]): DescriptionInput {
  const { modelId, prompt } = cell;
  return {
    modelId,
    modelName: modelName(modelId),
    prompt: { id: prompt.id, expects: prompt.expects },
    text: description.text,
  };
}
