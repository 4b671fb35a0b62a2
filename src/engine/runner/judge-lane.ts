import { calibrationsOf } from '../../core/calibrated';
import type { Cell, Description } from '../../core/cell';
import { AppError, faultOf, isAbort, toErrorData, type ErrorData } from '../../core/errors';
import type { ImageItem } from '../../core/image';
import type { CheckedClaim } from '../../core/claims';
import type { ClaimQuestion, DescriptionInput } from '../../core/protocol';
import { MODES } from '../../core/judge-modes/modes';
import { wayName, wayOf } from '../../core/judge-way';
import { deviceOf, judgesOf } from '../../core/replan';
import type { RunModel } from '../../core/run';
import { verdictKey, type Verdict } from '../../core/verdict';
import { modelName } from '../../models/registry';
import { MAX_ATTEMPTS, remedyFor } from './faults';
import { loadTarget } from './load-target';
import { JudgeWorker } from './judge-worker';
import type { Steering } from './steering';
import type { RunnerEvents, RunnerPorts, RunTask } from './types';

/** An image whose cells are all settled, with those that have a description. */
export interface Evidence {
  readonly image: ImageItem;
  readonly described: readonly { readonly cell: Cell; readonly description: Description }[];
}

export interface JudgeLaneContext extends Pick<RunTask, 'run' | 'threadsOn'> {
  readonly ports: RunnerPorts;
  readonly events: RunnerEvents;
  readonly steering: Steering;
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
  /** Resolves when there is room for its model; at once where absent. */
  readonly room?: Promise<void>;
}

interface Job {
  readonly evidence: Evidence;
  readonly checks: readonly CheckedClaim[];
}

/** Judges one image after the other, as soon as its last description and check are on disk; one that is wanted comes next. */
export class JudgeLane {
  readonly #context: JudgeLaneContext;
  readonly #model: RunModel;
  readonly #worker: JudgeWorker;
  readonly #workerKey: string;
  /** Why the judge writes no more: the verdicts that are left fail for it. */
  #failed: ErrorData | undefined;
  readonly #jobs: Job[] = [];
  /** Undefined while it has nothing to do, and after what stopped it. */
  #working: Promise<void> | undefined;

  constructor(model: RunModel, context: JudgeLaneContext) {
    this.#model = model;
    this.#context = context;
    const target = loadTarget(model, context);
    this.#workerKey = `judge ${JSON.stringify(target)}`;
    const isJudge = (worker: unknown): worker is JudgeWorker => worker instanceof JudgeWorker;
    // Where it has to wait for room, a loaded one takes what others need.
    const { crew } = context.steering;
    const kept = context.room === undefined ? crew.take(this.#workerKey, isJudge) : undefined;
    this.#worker = kept ?? new JudgeWorker(model, target, context.ports);
  }

  /** The verdict that the journal has of this evidence, shown at once. */
  async showSaved({ image, described }: Evidence): Promise<boolean> {
    const { run, ports } = this.#context;
    const keys = judgesOf(run).map((judge) => this.#key(image, described, judge));
    const records = await ports.savedRecords(await Promise.all(keys));
    const saved = records.find((record) => record?.kind === 'verdict');
    if (saved?.kind !== 'verdict') return false;
    this.#context.events.verdict(image.id, { status: 'done', verdict: saved.verdict });
    return true;
  }

  /** What the descriptions claim, as questions for the models. */
  questions({ described }: Evidence): Promise<readonly ClaimQuestion[]> {
    return this.#worker.questions(described.map(toInput), this.#context.signal);
  }

  /** Queues an image; `finish` reports what went wrong with the run as a whole. */
  add(evidence: Evidence, checks: readonly CheckedClaim[]): void {
    this.#jobs.push({ evidence, checks });
    if (this.#working !== undefined) return;
    this.#working = this.#workThrough();
    this.#working.catch(() => undefined); // reported by finish()
  }

  /** Waits for the queue and terminates the worker. @throws AppError when the run has to stop, or the plan has ended */
  async finish(): Promise<void> {
    try {
      await this.#working;
    } finally {
      this.stop();
    }
  }

  /** Ends the worker; at the end of a plan the next one gets it. */
  stop(): void {
    const { steering, signal } = this.#context;
    if (steering.planEnd.aborted && !signal.aborted)
      steering.crew.keep(this.#workerKey, this.#worker);
    else this.#worker.drop();
  }

  async #workThrough(): Promise<void> {
    // Somebody may look at an image that comes into the queue in the same moment.
    await this.#context.room;
    for (;;) {
      const { wanted } = this.#context.steering;
      const at = this.#jobs.findIndex(({ evidence }) => evidence.image.id === wanted);
      const [job] = this.#jobs.splice(Math.max(0, at), 1);
      if (job === undefined) break;
      await this.#judge(job.evidence, job.checks);
    }
    this.#working = undefined;
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
      const error = this.#failed;
      events.model(
        this.#model.id,
        error === undefined ? { kind: 'idle' } : { kind: 'failed', error },
      );
    }
  }

  #key(
    image: ImageItem,
    described: Evidence['described'],
    judge: RunModel = this.#model,
  ): Promise<string> {
    const keys = described.map(({ cell }) => cell.key);
    const way = wayName(wayOf(this.#context.run, image.id));
    return verdictKey(image.sha256, judge, way, keys);
  }

  async #write(evidence: Evidence, checks: readonly CheckedClaim[]): Promise<Verdict> {
    const { run, events, signal } = this.#context;
    const { image } = evidence;
    const way = wayOf(run, image.id);
    if (this.#failed !== undefined) throw new AppError(this.#failed.code, this.#failed.detail);
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (MODES[way.mode].isWritten) await this.#load();
        events.model(this.#model.id, { kind: 'working', imageId: image.id });
        events.verdict(image.id, { status: 'running', text: '' });
        const calibrations = calibrationsOf(run, way);
        const verdict = await this.#worker.judge(
          {
            descriptions: evidence.described.map(toInput),
            checks,
            way,
            ...(calibrations === undefined ? {} : { calibrations }),
            decode: run.decode,
          },
          (text) => events.verdict(image.id, { status: 'running', text }),
          signal,
        );
        return { ...verdict, device: deviceOf(run, this.#model), finishedAt: Date.now() };
      } catch (error) {
        events.verdict(image.id, { status: 'waiting' });
        const data = toErrorData(error);
        const remedy = remedyFor(data, { attempt, isFresh: this.#worker.isFresh });
        this.#worker.drop();
        if (remedy === 'fail-model') this.#failed = data;
        if (attempt >= MAX_ATTEMPTS || remedy !== 'restart-worker') throw error;
        events.model(this.#model.id, { kind: 'restarting', error: data });
      }
    }
  }

  async #load(): Promise<void> {
    if (this.#worker.isLoaded) return;
    const { events, ports, signal, steering } = this.#context;
    events.model(this.#model.id, { kind: 'fetching' });
    await ports.ensureWeights(this.#model, AbortSignal.any([signal, steering.planEnd]));
    events.model(this.#model.id, { kind: 'loading' });
    await this.#worker.load(signal);
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
