/**
 * Everything that crosses between the page and the workers. A worker class implements one of these
 * interfaces; the page calls it through `engine/worker-host`. Callbacks are Comlink proxies: events may
 * be dropped or coalesced, a reply always comes.
 */
import type {
  ModelFamily,
  ModelFile,
  PartPrecisions,
  PictureRule,
  Precision,
} from '../models/spec';
import type { ArchivePage } from './archive';
import type { CheckedClaim, ClaimKind } from './claims';
import type { DecodeSettings } from './decode';
import type { DatasetPlace } from './dataset-place';
import type {
  DatasetPicture,
  DatasetReport,
  PartRef,
  PartReport,
  PictureColumns,
} from './datasets';
import type { FetchedSoFar } from './download';
import type { Reply } from './errors';
import type { Tally } from './evidence/learn/learn';
import type { AcceptedPicture } from './evidence/learn/observe';
import type { Calibrations } from './evidence/weigh';
import type { HubAccount, RepositoryInfo } from './hub/answers';
import type { DatasetAccess, HubAccess } from './hub/endpoint';
import type { ImageFormat } from './image';
import type { JudgeBudget } from './judge-prompt';
import type { JudgeWay } from './judge-way';
import type { Prompt } from './prompts';
import type { Device } from './run';
import type { Verdict } from './verdict';

/** Every worker has this beside its engine: the page learns from the lock that the worker is gone. */
export interface Lifeline {
  holdLifeline(lockName: string): Promise<void>;
}

/** A model of the registry and where it is to run. */
export interface LoadTarget {
  readonly modelId: string;
  readonly revision: string;
  /** What the run calls the model's precision: which of its variants is meant; the spec's own where absent. */
  readonly modelPrecision?: string;
  readonly device: Device;
  /** WASM threads; 1 where the page is not cross-origin isolated. */
  readonly threads: number;
  /** The model's files, where they could not be stored. */
  readonly held?: readonly HeldFile[];
}

/** All that a worker is told of a model: it looks nothing up, because the registry learns models on the page. */
export interface LoadRequest extends LoadTarget {
  readonly family: ModelFamily;
  /** One for all parts, or one for each by file stem. */
  readonly precision: Precision | PartPrecisions;
  /** ONNX file name, such as `model_q4.onnx`, to the number of its external data files. The repository's word where absent. */
  readonly externalData?: Readonly<Record<string, number>>;
  readonly picture?: PictureRule;
  /** Judges only. */
  readonly judgeBudget?: JudgeBudget;
  readonly isHeldToClaims?: boolean;
}

export interface LoadReport {
  readonly loadMs: number;
}

/** How an image is looked at. */
export interface LookOptions {
  /** It is made smaller where it has more pixels; the family decides where absent. */
  readonly maxPixels?: number;
}

/** What a look at an image cost: decoding and preprocessing (what had to be waited for, when it was prepared), then the vision encoder. */
export interface LookReport {
  readonly decodeMs: number;
  readonly encodeMs: number;
}

/**
 * What a worker computes: a picture's pixels; its features; the prompt up to the end of the picture; the question after it; one
 * token of the answer.
 */
export type WorkStage = 'decode' | 'encode' | 'prefill' | 'suffix' | 'token';

/** Told when a stage begins. A worker is silent while a stage lasts: how long that may be depends on the stage. */
export interface Pulse {
  readonly stage: WorkStage;
  /** Tokens that are computed at once; 0 for what is no token. */
  readonly tokens: number;
}

export type OnPulse = (pulse: Pulse) => void;

/** What was computed since the model was loaded, stage by stage: `prefill` from nothing, `suffix` from a picture's kept prefix. */
export type WorkDone = Readonly<
  Record<Exclude<WorkStage, 'decode'>, { readonly runs: number; readonly ms: number }>
>;

/** Tensors in a worker. */
export interface TensorCounts {
  /** Given out by sessions, neither freed nor collected as garbage yet. */
  readonly live: number;
  /** Of those, on the GPU. */
  readonly onGpu: number;
  /** On the GPU, and never to be freed: nobody knows them any more. Always 0 where all is well. */
  readonly lostOnGpu: number;
  /** Kept of the images that are remembered. */
  readonly kept: number;
}

/** What a worker has done, and what it holds. */
export interface WorkReport {
  readonly done: WorkDone;
  readonly tensors: TensorCounts;
}

/** Both engines that compute have this. */
export interface Steerable {
  /** From now on tells what is being computed, at least twice a second while tokens come. */
  watch(onPulse: OnPulse): Promise<Reply<null>>;
  /** Ends the calls under way with `aborted` after the step that is being computed; the model stays loaded, and what is kept of images too. */
  interrupt(): Promise<Reply<null>>;
}

export interface AskRequest {
  /** Of the image that was looked at. */
  readonly imageId: string;
  readonly prompt: string;
  readonly decode: DecodeSettings;
}

export interface Answer {
  readonly text: string;
  readonly tokenIds: readonly number[];
  readonly generateMs: number;
  readonly cutOff: boolean;
}

/** Yes/no questions about an image that was looked at. */
export interface CheckRequest {
  readonly imageId: string;
  readonly questions: readonly string[];
}

export type OnText = (textSoFar: string) => void;

/**
 * Look once, ask many: answers are about images that were looked at. A worker remembers the last two looks, so
 * that the claims about one image can be checked when the next one is described.
 */
export interface VisionEngine extends Steerable {
  load(request: LoadRequest): Promise<Reply<LoadReport>>;
  /**
   * Decodes and preprocesses the image that will be looked at next, beside what is computed meanwhile; one at a time is kept. What is
   * wrong with it is told by the look.
   */
  prepare(image: Blob, imageId: string, options?: LookOptions): Promise<Reply<null>>;
  look(image: Blob, imageId: string, options?: LookOptions): Promise<Reply<LookReport>>;
  ask(request: AskRequest, onText: OnText): Promise<Reply<Answer>>;
  /** Probabilities of "yes", 0..1, in the order of the questions. */
  check(request: CheckRequest): Promise<Reply<readonly number[]>>;
  report(): Promise<Reply<WorkReport>>;
}

/** How a picture is brought to size before the family's own preprocessing. */
export type PictureFit =
  /** Whole and centred in a square, in px. */
  | { readonly kind: 'square'; readonly edgePx: number }
  /** In its own shape, made smaller where it has more pixels. */
  | { readonly kind: 'whole'; readonly maxPixels: number };

export interface PictureRequest {
  readonly picture: Blob;
  readonly fit: PictureFit;
  /** For the family's image processor. */
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface PackedTensor {
  /** As onnxruntime names it: `float32`. */
  readonly type: string;
  readonly data: Float32Array | BigInt64Array;
  readonly dims: readonly number[];
}

export interface ProcessedPicture {
  readonly tensors: Readonly<Record<string, PackedTensor>>;
  /** Sizes and counts. */
  readonly others: Readonly<Record<string, unknown>>;
}

/** Processes pictures for a vision worker, which it is started by. */
export interface PictureEngine {
  load(request: LoadRequest): Promise<Reply<null>>;
  process(request: PictureRequest): Promise<Reply<ProcessedPicture>>;
}

export interface DescriptionInput {
  readonly modelId: string;
  readonly modelName: string;
  readonly prompt: Pick<Prompt, 'id' | 'expects'>;
  readonly text: string;
}

/** A claim that models can be asked about, and how. */
export interface ClaimQuestion {
  readonly claimId: string;
  readonly kind: ClaimKind;
  readonly question: string;
}

export interface JudgeRequest {
  readonly descriptions: readonly DescriptionInput[];
  readonly checks: readonly CheckedClaim[];
  /** `fuse` where absent. */
  readonly way?: JudgeWay;
  /** By what models without a calibration of their own count, as the run keeps it; all alike where absent. */
  readonly calibrations?: unknown;
  readonly decode: DecodeSettings;
}

/** What accepted captions say of models that have no calibration of their own. */
export interface Lesson {
  readonly calibrations: Calibrations;
  /** By model id. */
  readonly tallies: Readonly<Record<string, Tally>>;
  /** Pictures whose captions decide on a claim, and those claims. */
  readonly pictures: number;
  readonly claims: number;
}

export interface JudgeEngine extends Steerable {
  /** What the models are worth by captions that a person has accepted. Needs no loaded model. @param onRead told how many are read */
  learn(
    pictures: readonly AcceptedPicture[],
    onRead: (count: number) => void,
  ): Promise<Reply<Lesson>>;
  /** What the descriptions claim, heaviest first, as questions. Needs no loaded model. */
  questions(descriptions: readonly DescriptionInput[]): Promise<Reply<readonly ClaimQuestion[]>>;
  load(request: LoadRequest): Promise<Reply<LoadReport>>;
  judge(
    request: JudgeRequest,
    onText: OnText,
  ): Promise<Reply<Omit<Verdict, 'device' | 'finishedAt'>>>;
}

/** Where a model's files are fetched from. */
export type FileOrigin =
  /** `${baseUrl}/${path}` */
  | { readonly kind: 'page'; readonly baseUrl: string }
  | { readonly kind: 'hub'; readonly repository: string; readonly access: HubAccess };

export interface EnsureRequest {
  /** Names this call for `cancel`. */
  readonly taskId: string;
  readonly modelId: string;
  /** For the Hub a full commit id: what a branch stands for changes. */
  readonly revision: string;
  readonly files: readonly ModelFile[];
  readonly origin: FileOrigin;
}

/** A file that could not be stored, in memory: a handle, its bytes stay where they are when it is passed on. */
export interface HeldFile {
  readonly path: string;
  readonly blob: Blob;
}

export interface EnsureReport {
  /** Bytes that came over the network. */
  readonly fetchedBytes: number;
  /** The files, where the browser lets this site store nothing; null: they are in the store. */
  readonly held: readonly HeldFile[] | null;
}

export type OnFetched = (soFar: FetchedSoFar) => void;

export interface LookUpRequest {
  readonly taskId: string;
  readonly access: HubAccess;
  readonly repository: string;
  /** Branch, tag or commit. */
  readonly revision: string;
  /** JSON files whose content is asked for; those that are not there are left out of the answer, null stands for what is no JSON. */
  readonly configs: readonly string[];
}

/** A repository of the Hub at one commit. */
export interface RepositoryReport extends RepositoryInfo {
  readonly files: readonly ModelFile[];
  /** Parsed JSON by path: untrusted, to be read with a schema. */
  readonly configs: Readonly<Record<string, unknown>>;
}

/** Keeps model weights, and asks the Hub about them. */
export interface WeightsEngine {
  /** Resolves when every file is in the store, whole and checked, or held in memory where there is no store. */
  ensure(request: EnsureRequest, onFetched: OnFetched): Promise<Reply<EnsureReport>>;
  lookUp(request: LookUpRequest): Promise<Reply<RepositoryReport>>;
  /** Whose token it is. */
  whoAmI(request: {
    readonly taskId: string;
    readonly access: HubAccess;
  }): Promise<Reply<HubAccount>>;
  /** Ends that call with `aborted`; what has arrived in whole chunks stays. */
  cancel(taskId: string): Promise<Reply<null>>;
}

export interface InspectedImage {
  readonly sha256: string;
  readonly format: ImageFormat;
  readonly bytes: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** It moves: all else is of its first frame. */
  readonly isAnimated?: true;
  /** Browsers don't show the file, or not upright: see `viewable`. */
  readonly isConverted?: true;
  /** WebP, longest edge 320 px. */
  readonly thumbnail: Blob;
}

/** Looks into files before they become images; never throws for a bad one. */
export interface IntakeEngine {
  inspect(file: Blob): Promise<Reply<InspectedImage>>;
  /** A picture that browsers don't show upright (TIFF, HEIC, a turned WebP) as a JPEG of the same size. */
  viewable(picture: Blob): Promise<Reply<Blob>>;
}

/** Looks into ZIP archives where they lie, without having them in memory. */
export interface ArchiveEngine {
  /** The files from the place `from` on. */
  list(file: File, from: number): Promise<Reply<ArchivePage>>;
  /** One file, unpacked and checked. */
  read(file: File, path: string): Promise<Reply<Blob>>;
}

/** A call that `cancel` can end, and who asks. */
interface DatasetCall {
  readonly taskId: string;
  readonly access: DatasetAccess;
}

export interface DatasetLookUp extends DatasetCall {
  readonly dataset: string;
  /** Branch, tag or commit; what the dataset has now where absent. */
  readonly revision?: string;
  /** A file or a folder of the repository. */
  readonly path?: string;
}

export interface PartCall extends DatasetCall {
  readonly part: PartRef;
}

export interface RowsCall extends PartCall {
  /** Ascending, 0-based. */
  readonly rows: readonly number[];
  readonly columns: PictureColumns;
}

export interface SearchCall extends PartCall {
  readonly query: string;
  readonly offset: number;
  readonly length: number;
  readonly columns: PictureColumns;
}

export interface FoundPictures {
  /** Rows that have the words, in all. */
  readonly total: number;
  readonly pictures: readonly DatasetPicture[];
}

export interface PictureCall extends DatasetCall {
  readonly place: DatasetPlace;
  /** Of its bytes when it was added. */
  readonly sha256?: string;
}

/** Reads datasets of the Hub: only what is asked for is fetched. Errors have the codes of datasets. */
export interface DatasetEngine {
  lookUp(call: DatasetLookUp): Promise<Reply<DatasetReport>>;
  /** Its columns and number of rows; fails where there are no pictures in it. */
  openPart(call: PartCall): Promise<Reply<PartReport>>;
  /** The pictures of rows, whose bytes are not read yet. */
  pictures(call: RowsCall): Promise<Reply<readonly DatasetPicture[]>>;
  search(call: SearchCall): Promise<Reply<FoundPictures>>;
  /** Bytes that the originals of these rows take, about; null where nobody knows. */
  cost(call: RowsCall): Promise<Reply<number | null>>;
  picture(call: PictureCall): Promise<Reply<Blob>>;
  cancel(taskId: string): Promise<Reply<null>>;
}
