import type { Claim, ClaimKind, ClaimStanding, Statement } from '../../core/claims';
import { shownText } from '../../core/shown-text';
import type { TracedSentence } from '../../core/verdict';

/** A statement as a person reads it: "2 × cat", "cat: black", "no cat". */
export function statementText(statement: Statement): string {
  return shownText(told(statement));
}

function told({ kind, subject, value }: Statement): string {
  if (value === '') return subject;
  if (kind === 'count' && value === '0') return `no ${subject}`;
  if (kind === 'count') return `${value} × ${subject}`;
  if (kind === 'text') return `${subject}: “${value}”`;
  return subject === '' ? value : `${subject}: ${value}`;
}

export const KIND_TEXT: Record<ClaimKind, string> = {
  object: 'object',
  count: 'count',
  attribute: 'attribute',
  relation: 'place',
  action: 'action',
  text: 'text',
  language: 'language',
  translation: 'translation',
  overall: 'overall',
};

/** `confirmed`: one model says it by itself, and every other that was asked says yes to it. */
export type ShownStanding = ClaimStanding | 'confirmed';

/** The word beside the shape, so that colour never stands alone. */
export const STANDING_TEXT: Record<ShownStanding, string> = {
  agreed: 'agreed',
  confirmed: 'confirmed',
  single: 'one voice',
  disputed: 'disputed',
};

/** How a claim stands, answers to questions about it included: who only had to be asked is no other opinion. */
export function shownStanding({
  standing,
  modelIds,
  checks,
}: Pick<Claim, 'standing' | 'modelIds' | 'checks'>): ShownStanding {
  if (standing !== 'single') return standing;
  const others = checks.filter(({ modelId }) => !modelIds.includes(modelId));
  return others.length > 0 && others.every(({ yes }) => yes >= 0.5) ? 'confirmed' : 'single';
}

/** What a model answered when asked about the claim: probability of yes. */
export function yesOf({ checks }: Claim, modelId: string): number | undefined {
  return checks.find((check) => check.modelId === modelId)?.yes;
}

export function percent(share: number | undefined): string {
  return share === undefined ? '' : `${(100 * share).toFixed(0)} %`;
}

/** Numbers (from 1) of the verdict's sentences that say the claim. */
export function sentencesWith(claim: Claim, sentences: readonly TracedSentence[]): number[] {
  return sentences.flatMap(({ claimIds }, index) =>
    claimIds.includes(claim.id) ? [index + 1] : [],
  );
}

export interface Voices {
  readonly modelIds: readonly string[];
  readonly claims: readonly Claim[];
}

/** Who says what: claims by the models that make them, most models first. What no model makes is left out. */
export function voicesOf(claims: readonly Claim[]): Voices[] {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const key = claim.modelIds.join('\n');
    if (key !== '') groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  return [...groups]
    .map(([key, said]) => ({ modelIds: key.split('\n'), claims: said }))
    .toSorted((a, b) => b.modelIds.length - a.modelIds.length);
}

export interface TextPart {
  readonly text: string;
  readonly lit: boolean;
}

/** A text cut so that the given sentences can be lit up. */
export function litParts(text: string, sentences: readonly string[]): TextPart[] {
  const spans = sentences
    .flatMap((sentence) => {
      const start = sentence === '' ? -1 : text.indexOf(sentence);
      return start < 0 ? [] : [{ start, end: start + sentence.length }];
    })
    .sort((a, b) => a.start - b.start);
  const parts: TextPart[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (end <= at) continue;
    if (start > at) parts.push({ text: text.slice(at, start), lit: false });
    parts.push({ text: text.slice(Math.max(at, start), end), lit: true });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), lit: false });
  return parts;
}
