import type { ReplacedPart } from '../../core/replace';

/** Letters of what stays that are shown on each side of a change. */
const AROUND = 60;

/** A caption with its long unchanged pieces cut to what stands beside a change. */
export function excerpts(parts: readonly ReplacedPart[]): ReplacedPart[] {
  return parts.map((part, at) => {
    if (part.kind === 'changed') return part;
    const isFirst = at === 0;
    const isLast = at === parts.length - 1;
    return { kind: 'same', text: cut(part.text, { isFirst, isLast }) };
  });
}

function cut(text: string, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): string {
  const letters = Array.from(text);
  const most = isFirst || isLast ? AROUND : 2 * AROUND;
  if (letters.length <= most + 3) return text;
  // No half words, where words have spaces between them.
  const head = isFirst
    ? ''
    : letters
        .slice(0, AROUND)
        .join('')
        .replace(/(?<=\s\S*)\s\S*$/u, '');
  const tail = isLast
    ? ''
    : letters
        .slice(-AROUND)
        .join('')
        .replace(/^\S*\s(?=.*\s)/su, '');
  return `${head}${isFirst ? '… ' : ' … '}${tail}`.replace(/ … $/u, ' …');
}
