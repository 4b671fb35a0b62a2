import type { Device } from '../../src/core/run';
import type { ModelSpec } from '../../src/models/spec';

/** What a family is put through: a fixture's question and others, about its picture where it sees. */
export interface FamilyRequest {
  readonly spec: ModelSpec;
  readonly question: string;
  readonly others: readonly string[];
  readonly maxNewTokens: number;
  /** The CPU where absent. */
  readonly device?: Device;
  /** Only what is kept of a look, and the same from nothing. */
  readonly isShort?: boolean;
}

export interface FamilyAnswer {
  readonly text: string;
  readonly tokens: readonly number[];
}

export interface FamilyReport {
  /** Ids of the question's prompt. */
  readonly inputIds: readonly number[];
  /** To the question, then to the others, as the app asks. */
  readonly answers: readonly FamilyAnswer[];
  /** The same without anything kept from the look; empty for families that keep nothing. */
  readonly anew: readonly FamilyAnswer[];
  /** Probability of yes to the others, as the app asks and without anything kept. */
  readonly checks: readonly number[];
  readonly checksAnew: readonly number[];
  /** How often the vision encoder ran for one picture and all that was asked anew. */
  readonly encodings: number;
  /** Tokens that it writes without a picture from what it keeps from token to token, and each of them from nothing; empty where it can't judge. */
  readonly written: { readonly kept: readonly number[]; readonly anew: readonly number[] };
  /** What it wrote as a judge, undefined where it can't be one. */
  readonly verdict: { readonly caption: string; readonly newTokens: number } | undefined;
}
