import { degenerate } from '../degenerate';

/** Why an answer of a judge is none, and can't be made one; undefined where it may be. */
export function unusable(text: string): string | undefined {
  if (text.trim() === '') return 'The judge answered nothing.';
  const kind = degenerate(text);
  if (kind === 'repeated') return 'The judge repeated itself.';
  if (kind !== undefined) return 'The judge’s answer is no text.';
  if (REFUSAL.test(text)) return 'The judge refused to answer.';
  return undefined;
}

const REFUSAL =
  /^\W*(i'?m sorry|i am sorry|sorry,|i apologi[sz]e|i (can ?not|can'?t|am unable to|am not able to|won'?t) (assist|help|provide|describe|write|fulfil|comply|create|answer)|as an ai\b|i'm (unable|not able) to)/iu;

/** What some models write around the answer that was asked for. */
const AROUND =
  /^\s*(?:(?:sure|certainly|of course|okay)[!,.:]\s*)?(?:here(?: is|'s) (?:the|a|one|your)[^:\n]{0,80}:|(?:\*{0,2})(?:final |combined |fused |unified )?(?:description|caption|verdict|answer|image description)(?:\*{0,2})\s*:(?:\*{0,2}))\s*/iu;

/**
 * A judge's answer in the form that was asked for, running text: without a fence, a heading, a label or quotation marks around it,
 * without a copy of the claims, and cut where it begins to say the same sentences again.
 */
export function repaired(answer: string): string {
  let text = answer
    .replace(/<think>[\s\S]*?(<\/think>|$)/giu, '')
    .replace(/^\s*```[a-z]*\n([\s\S]*?)\n?```\s*$/iu, '$1')
    .trim();
  text = text.replace(AROUND, '').replace(/^#{1,6} .*\n+/u, '');
  const quoted = /^["“]([^"“”]+)["”]$/u.exec(text)?.[1];
  const lines = (quoted ?? text)
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/u, '').trim())
    .filter((line) => line !== '' && !COPIED.test(line));
  return withoutLoop(lines.join('\n'));
}

/** A line of the question: "dog: certain 3/3; place left likely 2/3", "Claims:". */
const COPIED = /^(claims|descriptions):$|^[^:\n]{1,60}:.*\b(certain|likely|doubtful) \d+\/\d+/iu;

/** Up to the first sentence that stands there already twice. */
function withoutLoop(text: string): string {
  const sentences = text.split(/(?<=[.!?])(?=\s)/u);
  const counts = new Map<string, number>();
  const end = sentences.findIndex((sentence) => {
    const words = sentence.trim().toLowerCase();
    const count = (counts.get(words) ?? 0) + 1;
    counts.set(words, count);
    return count > 2 && words.length > 8;
  });
  if (end < 0) return text;
  const seen = new Set<string>();
  return sentences
    .slice(0, end)
    .filter((sentence) => {
      const isNew = !seen.has(sentence.trim().toLowerCase());
      seen.add(sentence.trim().toLowerCase());
      return isNew;
    })
    .join('')
    .trim();
}

/** Running text alone: tables and fenced blocks are shown elsewhere. */
export function withoutTables(text: string): string {
  return text
    .replace(/```[\s\S]*?(```|$)/gu, '')
    .split('\n')
    .filter((line) => !/^\s*\|/u.test(line))
    .join('\n')
    .replace(/\n{2,}/gu, '\n')
    .trim();
}
