/** What is looked for in captions, and what is to stand there instead. Both are plain text. */
export interface Replacement {
  readonly find: string;
  readonly by: string;
  readonly matchesCase: boolean;
  readonly wholeWords: boolean;
}

export const NO_REPLACEMENT: Replacement = {
  find: '',
  by: '',
  matchesCase: false,
  wholeWords: true,
};

/** A piece of a caption: as it is, or what goes and what comes. */
export type ReplacedPart =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'changed'; readonly before: string; readonly after: string };

export interface Replaced {
  readonly text: string;
  readonly parts: readonly ReplacedPart[];
  /** Number of places. */
  readonly count: number;
}

/** Finds and replaces in one caption; undefined where nothing is found. */
export type Replacer = (caption: string) => Replaced | undefined;

/** Letters, digits and marks make a word; scripts without spaces have no ends of words, and none are asked for there. */
const WORD = String.raw`[\p{L}\p{N}\p{M}_]`;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Undefined where nothing is looked for. */
export function replacerOf({
  find,
  by,
  matchesCase,
  wholeWords,
}: Replacement): Replacer | undefined {
  if (find.trim() === '') return undefined;
  const wanted = find.normalize('NFC');
  const escaped = wanted.replace(/[\\^$.*+?()[\]{}|/-]/gu, String.raw`\$&`);
  const atEnd = (letter: string): boolean =>
    wholeWords && new RegExp(WORD, 'u').test(letter) && !UNSPACED.test(letter);
  const letters = Array.from(wanted);
  const before = atEnd(letters[0] ?? '') ? `(?<!${WORD})` : '';
  const after = atEnd(letters.at(-1) ?? '') ? `(?!${WORD})` : '';
  const pattern = new RegExp(`${before}${escaped}${after}`, matchesCase ? 'gu' : 'giu');
  return (caption) => replaced(caption.normalize('NFC'), pattern, by);
}

function replaced(caption: string, pattern: RegExp, by: string): Replaced | undefined {
  const parts: ReplacedPart[] = [];
  let at = 0;
  for (const match of caption.matchAll(pattern)) {
    const end = match.index + match[0].length;
    const { start, stop } =
      by === '' ? withSpace(caption, match.index, end) : { start: match.index, stop: end };
    const from = Math.max(start, at);
    if (from > at) parts.push({ kind: 'same', text: caption.slice(at, from) });
    parts.push({
      kind: 'changed',
      before: caption.slice(from, stop),
      after: by === '' ? '' : inCaseOf(match[0], by),
    });
    at = stop;
  }
  const changes = parts.filter(({ kind }) => kind === 'changed');
  if (changes.length === 0) return undefined;
  if (at < caption.length) parts.push({ kind: 'same', text: caption.slice(at) });
  const text = parts.map((part) => (part.kind === 'same' ? part.text : part.after)).join('');
  return text === caption ? undefined : { text, parts, count: changes.length };
}

/** A word that goes takes one of the spaces beside it along. */
function withSpace(caption: string, start: number, end: number): { start: number; stop: number } {
  const isSpaceBefore = start === 0 || caption[start - 1] === ' ';
  if (isSpaceBefore && caption[end] === ' ') return { start, stop: end + 1 };
  const isEndAfter = end === caption.length || /[.,;:!?)]/u.test(caption[end] ?? '');
  return caption[start - 1] === ' ' && isEndAfter
    ? { start: start - 1, stop: end }
    : { start, stop: end };
}

/** "Dog" by "hound" is "Hound": what begins with a capital goes on to. */
function inCaseOf(found: string, by: string): string {
  const [first = ''] = found;
  const [own = ''] = by;
  const isCapital =
    first !== first.toLowerCase() && found.slice(1) === found.slice(1).toLowerCase();
  return isCapital && own === own.toLowerCase() ? own.toUpperCase() + by.slice(own.length) : by;
}
