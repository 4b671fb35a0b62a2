import type { ClaimKind } from '../core/claims';
import type { ModelCalibration } from '../core/evidence/calibration';
import type { JudgeBudget } from '../core/judge-prompt';
import type { FollowedWishes } from '../core/wishes';
import type { WorkingShape } from '../core/working-memory';

/**
 * What a file's bytes are checked by: lower-case hex. The Hub knows the SHA-256 of what LFS or Xet keeps; of a small file
 * that git keeps itself it knows only git's id, which is SHA-1 over `blob <bytes>`, a zero byte, and the content.
 */
export type FileDigest = { readonly sha256: string } | { readonly gitOid: string };

/** One file of a model as it is stored: checked against its hash before it counts. */
export type ModelFile = FileDigest & {
  readonly path: string;
  readonly bytes: number;
};

/** Where the files come from: the page's own origin, or a repository of the Hugging Face Hub. */
export type ModelSource =
  | { readonly kind: 'page'; readonly basePath: string }
  | { readonly kind: 'hub'; readonly repository: string };

/** Families that see. Names are those of `config.json`'s `model_type`, but for documents' Granite, which is an `idefics3`. */
export type VisionModelFamily =
  | 'qwen2_vl'
  | 'qwen2_5_vl'
  | 'qwen3_vl'
  | 'qwen3_5'
  | 'glm_ocr'
  | 'phi3_v'
  | 'moondream1'
  | 'idefics3'
  | 'smolvlm'
  | 'granite_docling'
  | 'llava'
  | 'llava_qwen2'
  | 'lfm2_vl'
  | 'gemma3n'
  | 'gemma4'
  | 'florence2';

/** Families that only read and write. */
export type TextModelFamily =
  | 'llama'
  | 'qwen2'
  | 'qwen3'
  | 'smollm3'
  | 'phi3'
  | 'gemma3_text'
  | 'granite'
  | 'granitemoehybrid'
  | 'lfm2'
  | 'mistral';

/** How a model is prompted, fed and decoded: see `workers/families`. */
export type ModelFamily = VisionModelFamily | TextModelFamily;

/** Precision as transformers.js names it; it is the suffix of the ONNX files. */
export type Precision = 'fp32' | 'fp16' | 'q8' | 'int8' | 'uint8' | 'q4' | 'q4f16' | 'bnb4';

/** ONNX file stem, such as `vision_encoder`, to the precision that it is loaded in. */
export type PartPrecisions = Readonly<Record<string, Precision>>;

/** What is done to a picture before the family's own preprocessing. */
export interface PictureRule {
  /** Fitted whole into a square with margins, as the embedded models learned it; else it keeps its shape. */
  readonly isSquared?: boolean;
  /** Pictures with more pixels are made smaller. */
  readonly maxPixels?: number;
  /** Whether large pictures are cut into tiles, for families that can; as the repository says where absent. */
  readonly isTiled?: boolean;
}

export interface ModelFigures {
  /** F1 of object names on held-out drawn scenes, 0..1. */
  readonly objectsF1?: number;
  readonly parameters?: number;
}

/** All that the app knows of a model. Data only. */
export interface ModelSpec {
  readonly id: string;
  readonly name: string;
  readonly role: 'vision' | 'judge';
  readonly family: ModelFamily;
  readonly revision: string;
  /** Of its largest part: what people call the model's precision. */
  readonly precision: Precision;
  /** Every part by name where they differ or the model is not embedded: the library's defaults are never relied on. */
  readonly parts?: PartPrecisions;
  readonly files: readonly ModelFile[];
  readonly source: ModelSource;
  readonly licence: string;
  /** What it is and what it knows, in one sentence a person can judge it by. */
  readonly summary: string;
  readonly figures: ModelFigures;
  /** Vision models: kinds of claims it can be asked about, yes or no; all but languages and translations where absent. */
  readonly checks?: readonly ClaimKind[];
  /** What its word is worth; neutral where nobody has measured it. */
  readonly calibration?: ModelCalibration;
  /** Vision models: what they can be asked for beside a prompt; nothing where absent. */
  readonly follows?: FollowedWishes;
  /** Vision models: how pictures are brought to size; the family decides where absent. */
  readonly picture?: PictureRule;
  /** What it works in beside its weights; absent where nobody has said. */
  readonly working?: WorkingShape;
  /** Sees, and can write verdicts too (without the picture). */
  readonly alsoJudges?: boolean;
  /** Judges only: how much evidence fits the context. */
  readonly judgeBudget?: JudgeBudget;
  /** Judges only: each sentence must stand on the claims, see `heldToClaims`. */
  readonly isHeldToClaims?: boolean;
}

/** Bytes of all files together. */
export function modelBytes(spec: ModelSpec): number {
  return spec.files.reduce((sum, file) => sum + file.bytes, 0);
}

/** Whether both are known by the same hash. */
export function hasSameDigest(a: FileDigest, b: FileDigest): boolean {
  if ('sha256' in a) return 'sha256' in b && a.sha256 === b.sha256;
  return 'gitOid' in b && a.gitOid === b.gitOid;
}
