import { DEFAULT_DECODE, type DecodeSettings } from './decode';
import { degenerate, likeness } from './degenerate';
import type { Degenerate } from './degenerate-kind';
import { PREDEFINED_PROMPTS } from './prompts';
import type { DescriptionInput } from './protocol';
import type { Device } from './run';

/** What was tested: another device or precision is another test. */
export interface SelfTestSubject {
  readonly modelId: string;
  readonly revision: string;
  readonly precision: string;
  readonly device: Device;
}

/** How it went. */
export type SelfTestOutcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'degenerate'; readonly why: Degenerate }
  /** What it said has little in common with what it says on the CPU. */
  | { readonly kind: 'different' }
  /** Judges: the answer could not be used; why, as a sentence. */
  | { readonly kind: 'unusable'; readonly why: string };

export interface SelfTestResult {
  readonly outcome: SelfTestOutcome;
  readonly text: string;
  /** What the same model said on the CPU, where that was asked. */
  readonly cpuText?: string;
  /** Milliseconds since 1970. */
  readonly testedAt: number;
}

/** Models up to this size are asked on the CPU too: larger ones would take minutes there. */
export const MOST_COMPARED_BYTES = 300_000_000;

/** Enough words to tell text from noise, few enough for seconds. */
export const SELF_TEST_DECODE: DecodeSettings = { ...DEFAULT_DECODE, maxNewTokens: 24 };

/** One sentence: of the predefined prompts the one that every model understands. */
export const SELF_TEST_PROMPT =
  PREDEFINED_PROMPTS.find(({ id }) => id === 'short')?.text ??
  'Write one sentence that says what this image shows.';

/** Three descriptions that agree, for a judge. */
export const SELF_TEST_DESCRIPTIONS: readonly DescriptionInput[] = [
  ['A', 'Two cats and one dog on a blue background.'],
  ['B', 'One dog on the left and two cats.'],
  ['C', 'Two cats are next to one dog.'],
].map(([name = '', text = '']) => ({
  modelId: `self-test/${name}`,
  modelName: name,
  prompt: { id: 'short', expects: 'prose' } as const,
  text,
}));

/** What to think of an answer. @param cpuText the same model's on the CPU, in the same precision */
export function outcomeOf(text: string, cpuText?: string): SelfTestOutcome {
  const why = degenerate(text);
  if (why !== undefined) return { kind: 'degenerate', why };
  const isOther = cpuText !== undefined && degenerate(cpuText) === undefined;
  return isOther && likeness(text, cpuText) === 'different'
    ? { kind: 'different' }
    : { kind: 'passed' };
}

export function selfTestKey({ modelId, revision, precision, device }: SelfTestSubject): string {
  return ['self-test', modelId, revision, precision, device].join('|');
}
