import type { JudgeBudget } from '../core/judge-prompt';
import type { FollowedWishes } from '../core/wishes';
import type { ModelFamily, PartPrecisions, PictureRule, Precision } from './spec';

/** Where a model can run, by what decides its precision: WebGPU with or without `shader-f16`, and the CPU. */
export type DeviceKind = 'webgpu-f16' | 'webgpu' | 'wasm';

export const DEVICE_KINDS: readonly DeviceKind[] = ['webgpu-f16', 'webgpu', 'wasm'];

export interface Licence {
  readonly name: string;
  readonly url: string;
}

/** `text`: reads what is written. `counts`: tells how many, and where. `detail`: says much that is true. */
export type Skill = 'text' | 'counts' | 'detail';

/**
 * A full-size model of the Hub: what the repository itself does not say. Data only. Nothing here was read from the
 * Hub, so there is no size, no hash and no commit: these are asked when the model is.
 */
export interface HubModel {
  /** `owner/name` */
  readonly repository: string;
  readonly revision: 'main';
  readonly name: string;
  /** A model that sees can be a judge too, without the picture. */
  readonly roles: readonly ('vision' | 'judge')[];
  readonly family: ModelFamily;
  /**
   * Precision of each part, the best first: the first of which every file is there is taken. None: it doesn't run there.
   * `models/plan.ts` chooses part by part where no recipe is whole.
   */
  readonly recipes: Readonly<Record<DeviceKind, readonly PartPrecisions[]>>;
  /** Known not to work, on any device. */
  readonly broken?: readonly Precision[];
  readonly licence: Licence;
  /** What it is and what it is good at, in a sentence. */
  readonly summary: string;
  /** What its users ran into, a sentence each. */
  readonly trouble: readonly string[];
  /** Vision models: what it does better than most of its size; what it is recommended by. */
  readonly goodAt: readonly Skill[];
  /** Tells what is written and describes no scenes. */
  readonly onlyReads?: boolean;
  readonly follows?: FollowedWishes;
  readonly picture?: PictureRule;
  /** Judges only; the worker's own where absent. */
  readonly judgeBudget?: JudgeBudget;
}
