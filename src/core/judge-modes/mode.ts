import type { Claim } from '../claims';
import type { DescriptionInput } from '../protocol';
import type { JudgeMode } from '../run';

/** One description and how well it stands on the claims of all. */
export interface Ranked {
  readonly modelId: string;
  readonly promptId: string;
  /** 0..1: F1 to be expected of it, were each claim true with the probability of its weight. */
  readonly score: number;
}

export interface ModeInput {
  /** In the order of models and prompts. */
  readonly descriptions: readonly DescriptionInput[];
  /** Of all descriptions, weighed, heaviest first. */
  readonly claims: readonly Claim[];
}

/** What a mode makes of the evidence: what the judge is to write from, or what stands without it. */
export type Plan =
  | {
      readonly kind: 'write';
      readonly descriptions: readonly DescriptionInput[];
      readonly claims: readonly Claim[];
      readonly ranking?: readonly Ranked[];
    }
  /** A description stands as it is. */
  | { readonly kind: 'text'; readonly text: string; readonly ranking: readonly Ranked[] }
  /** These claims are told, in code. */
  | { readonly kind: 'tell'; readonly claims: readonly Claim[] };

/** One way to come from descriptions to a verdict. */
export interface Mode {
  readonly mode: JudgeMode;
  /** Every model is asked about every claim before. */
  readonly isChecked: boolean;
  /** The judge's model writes; else it need not be there. */
  readonly isWritten: boolean;
  plan(input: ModeInput): Plan;
}
