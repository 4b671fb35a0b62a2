import type { Cell, CellState } from '../../core/cell';
import type { ErrorData } from '../../core/errors';
import type { ImageItem } from '../../core/image';
import type {
  Answer,
  AskRequest,
  CheckRequest,
  ClaimQuestion,
  DescriptionInput,
  JudgeRequest,
  LoadReport,
  LoadTarget,
  LookOptions,
  LookReport,
  OnPulse,
  OnText,
} from '../../core/protocol';
import type { Device, Run, RunModel } from '../../core/run';
import type { Together } from '../../core/together';
import type { Verdict, VerdictState } from '../../core/verdict';
import type { JournalRecord } from '../../storage/journal';

/** What the runner needs of a vision worker's page side. */
export interface VisionPort {
  load(target: LoadTarget, signal: AbortSignal): Promise<LoadReport>;
  /** Tells what is being computed: signs of life. */
  watch(onPulse: OnPulse, signal: AbortSignal): Promise<null>;
  prepare(image: Blob, imageId: string, signal: AbortSignal, options?: LookOptions): Promise<null>;
  look(
    image: Blob,
    imageId: string,
    signal: AbortSignal,
    options?: LookOptions,
  ): Promise<LookReport>;
  ask(request: AskRequest, onText: OnText, signal: AbortSignal): Promise<Answer>;
  check(request: CheckRequest, signal: AbortSignal): Promise<readonly number[]>;
  stop(): void;
}

export interface JudgePort {
  questions(
    descriptions: readonly DescriptionInput[],
    signal: AbortSignal,
  ): Promise<readonly ClaimQuestion[]>;
  load(target: LoadTarget, signal: AbortSignal): Promise<LoadReport>;
  watch(onPulse: OnPulse, signal: AbortSignal): Promise<null>;
  judge(
    request: JudgeRequest,
    onText: OnText,
    signal: AbortSignal,
  ): Promise<Omit<Verdict, 'device' | 'finishedAt'>>;
  stop(): void;
}

/** The world outside the runner; tests hand in another one. */
export interface RunnerPorts {
  /** Brings a model's weights into the store. */
  ensureWeights(model: RunModel, signal: AbortSignal): Promise<void>;
  vision(): VisionPort;
  judge(): JudgePort;
  /** Called with a worker that has just loaded its model, before it does any work of the run. */
  tryVision?(
    model: RunModel,
    target: LoadTarget,
    worker: VisionPort,
    signal: AbortSignal,
  ): Promise<void>;
  tryJudge?(
    model: RunModel,
    target: LoadTarget,
    worker: JudgePort,
    signal: AbortSignal,
  ): Promise<void>;
  /** The picture's bytes. @throws AppError `image-gone` */
  imageBlob(image: ImageItem): Promise<Blob>;
  /** Resolves when the records are on disk: all of them or none. */
  saveRecords(records: readonly (readonly [key: string, record: JournalRecord])[]): Promise<void>;
  savedRecords(keys: readonly string[]): Promise<readonly (JournalRecord | undefined)[]>;
}

/** What the runner tells, in order; each is called after the disk has it. */
export interface RunnerEvents {
  cell(key: string, state: CellState): void;
  verdict(imageId: string, state: VerdictState): void;
  model(modelId: string, activity: ModelActivity): void;
  /** A model has answered for the claims about an image; null where the journal had its answers. */
  checked?(modelId: string, imageId: string, ms: number | null): void;
}

/** What a model's worker is doing, for the line that shows it. */
export type ModelActivity =
  /** Its turn comes when another one has ended. */
  | { readonly kind: 'queued' }
  | { readonly kind: 'fetching' }
  | { readonly kind: 'loading' }
  /** Its worker was replaced. */
  | { readonly kind: 'restarting'; readonly error: ErrorData }
  | { readonly kind: 'working'; readonly imageId: string }
  | { readonly kind: 'idle' }
  | { readonly kind: 'done' }
  /** Left out of the run. */
  | { readonly kind: 'skipped' }
  | { readonly kind: 'failed'; readonly error: ErrorData };

/** A cell that is not to be done: it has an answer or a failure in the journal, or was left out. */
export type SettledCell = Extract<CellState, { status: 'done' | 'failed' | 'skipped' }>;

export interface RunTask {
  readonly run: Run;
  readonly cells: readonly Cell[];
  readonly settled: ReadonlyMap<string, SettledCell>;
  /** Keys of the only cells to be done now; all that are not settled where absent. */
  readonly only?: ReadonlySet<string>;
  /** How many models compute at the same time. */
  readonly lanes: number;
  /** What may be loaded at the same time. */
  readonly together: Together;
  /** Whether the next image is decoded beside what is computed: where a core is free for it. */
  readonly looksAhead: boolean;
  /** Threads of a model by where it works; the run's own number where absent. */
  readonly threadsOn?: Readonly<Record<Device, number>>;
}
