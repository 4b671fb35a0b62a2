import type { Claim } from './claims';
import type { ErrorData } from './errors';
import { shortHash } from './hash';
import { JUDGE_PROMPT_VERSION } from './judge-prompt-version';
import type { Ranked } from './judge-modes/mode';
import type { JudgeWay } from './judge-way';
import type { RunModel } from './run';

/** One sentence of the verdict and the claims that stand behind it. */
export interface TracedSentence {
  readonly text: string;
  /** Ids of the claims it says; an added sentence may say some and invent beside them. */
  readonly claimIds: readonly string[];
  /** `claims`: written in code, in the claims' own words, where the judge's sentence could not stand. */
  readonly origin: 'supported' | 'added' | 'claims';
}

/** What some models read where most read something else. */
export interface OtherWording {
  readonly text: string;
  readonly modelIds: readonly string[];
}

/** A line of text read in the picture, and by which models. */
export interface TextRow {
  /** In the wording that the models have voted for. */
  readonly original: string;
  /** Empty where no model gives a meaning. */
  readonly english: string;
  /** English name; empty where it is not known. */
  readonly language: string;
  /** No model names the language: it was told by the words. */
  readonly isLanguageDetected?: boolean;
  /** Models that read the line, in whichever wording. */
  readonly modelIds: readonly string[];
  /** 0..1: how far the models that read text in the picture have read this; 1 where all have, letter by letter. Absent before 0.2. */
  readonly agreement?: number;
  /** Number of models that read any text in the picture. */
  readonly readers?: number;
  readonly others?: readonly OtherWording[];
}

/** What the judge made of one image's descriptions. */
export interface Verdict {
  readonly caption: string;
  readonly sentences: readonly TracedSentence[];
  readonly claims: readonly Claim[];
  readonly textRows: readonly TextRow[];
  /**
   * `consensus`: put together from the claims, as the mode wants it, or because the judge's answer was unusable (why: `replaced`).
   * `model`: one of the descriptions.
   */
  readonly writtenBy: 'judge' | 'consensus' | 'model';
  readonly replaced?: string;
  /** Sentences of the judge that were left out because the claims don't carry them. */
  readonly dropped: readonly string[];
  /** How it was made; absent before 0.2. */
  readonly way?: JudgeWay;
  /** Descriptions by the support of their claims, best first, where the mode goes by it. */
  readonly ranking?: readonly Ranked[];
  readonly device: 'wasm' | 'webgpu';
  readonly judgeMs: number;
  readonly newTokens: number;
  readonly finishedAt: number;
}

export type VerdictState =
  | { readonly status: 'waiting' }
  /** The picture was left out before all descriptions were there. */
  | { readonly status: 'skipped' }
  | { readonly status: 'running'; readonly text: string }
  | { readonly status: 'done'; readonly verdict: Verdict }
  | { readonly status: 'failed'; readonly error: ErrorData };

/**
 * The journal's key of a verdict: what was judged, by which judge, in which way, with which form of the question.
 * @param way its name: `wayName`
 * @param cellKeys keys of the cells whose descriptions are judged, in any order
 */
export async function verdictKey(
  imageSha256: string,
  judge: RunModel,
  way: string,
  cellKeys: readonly string[],
): Promise<string> {
  const evidence = await shortHash([...cellKeys].sort().join('\n'));
  const { id, revision, precision } = judge;
  return [
    'verdict',
    imageSha256,
    id,
    revision,
    precision,
    String(JUDGE_PROMPT_VERSION),
    way,
    evidence,
  ].join('|');
}
