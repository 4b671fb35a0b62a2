import type { Claim } from './claims';

/** Bumped whenever the text below changes: verdicts written from another form are not mistaken for new ones. */
export const JUDGE_PROMPT_VERSION = 1;

/** One model's answer as the judge sees it. */
export interface JudgeDescription {
  readonly modelName: string;
  readonly text: string;
}

export interface JudgeInput {
  readonly claims: readonly Claim[];
  readonly descriptions: readonly JudgeDescription[];
  /** Number of models that described the image: the "of N" of the support. */
  readonly modelCount: number;
}

/** How much of the evidence fits the judge's context. */
export interface JudgeBudget {
  readonly maxClaims: number;
  readonly maxWordsPerDescription: number;
}

const INSTRUCTION =
  'Write one description of the image from these claims. Say what most models say. ' +
  'Hedge what one model says alone. Add nothing.';

/**
 * The judge's user message. Claims come first, strongest first, one a line:
 * `2/3 count: cat = 2`; then every description, cut to the budget.
 */
export function judgePrompt(input: JudgeInput, budget: JudgeBudget): string {
  const claims = [...input.claims]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, budget.maxClaims)
    .map((claim) => claimLine(claim, input.modelCount));
  const descriptions = input.descriptions.map(
    ({ modelName, text }) => `${modelName}: ${firstWords(text, budget.maxWordsPerDescription)}`,
  );
  return [INSTRUCTION, 'Claims:', ...claims, 'Descriptions:', ...descriptions].join('\n');
}

function claimLine(claim: Claim, modelCount: number): string {
  const support = `${String(claim.modelIds.length)}/${String(modelCount)}`;
  const value = claim.value === '' ? '' : ` = ${claim.value}`;
  const disputed = claim.standing === 'disputed' ? ' (disputed)' : '';
  return `${support} ${claim.kind}: ${claim.subject}${value}${disputed}`;
}

function firstWords(text: string, limit: number): string {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  return words.length <= limit ? words.join(' ') : `${words.slice(0, limit).join(' ')} …`;
}
