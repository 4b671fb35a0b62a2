import { diffWords } from 'diff';
import { wordsOf } from './compared-texts';

/** A stretch of text that both have, or one of them only. */
export interface DiffPart {
  readonly text: string;
  readonly kind: 'same' | 'removed' | 'added';
}

export interface WordDiff {
  /** In reading order; where something was replaced, what is removed comes first. */
  readonly parts: readonly DiffPart[];
  /** Number of words. */
  readonly removed: number;
  readonly added: number;
  readonly same: number;
}

/**
 * One side of a difference as its text has it, white space too: of what both have, `parts` know only how one writes it.
 * @param other what this side has not
 */
export function sideOf(
  { parts }: Pick<WordDiff, 'parts'>,
  text: string,
  other: 'removed' | 'added',
): readonly DiffPart[] {
  const own = parts.filter(({ kind }) => kind !== other);
  const side: DiffPart[] = [];
  let at = 0;
  for (const { text: words, kind } of own) {
    let letters = words.replace(/\s/gu, '').length;
    if (letters === 0) continue;
    const start = at + (/^\s*/u.exec(text.slice(at))?.[0].length ?? 0);
    if (start > at) side.push({ text: text.slice(at, start), kind: 'same' });
    for (at = start; letters > 0 && at < text.length; at += 1)
      if (!/\s/u.test(text.charAt(at))) letters -= 1;
    side.push({ text: text.slice(start, at), kind });
  }
  return at < text.length ? [...side, { text: text.slice(at), kind: 'same' }] : side;
}

/** Where the browser can, words are cut as the language of the text cuts them: Japanese has no spaces. */
const segmenter =
  'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'word' }) : undefined;

/** What two texts differ in, word by word. White space that differs is no difference. */
export function wordDiff(before: string, after: string): WordDiff {
  const changes = diffWords(before, after, segmenter && { intlSegmenter: segmenter });
  const parts = changes.flatMap(({ value, added, removed }): DiffPart[] => {
    if (!added && !removed) return [{ text: value, kind: 'same' }];
    // The space around words that are marked is not marked with them.
    const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(value) ?? [];
    const kind = added ? 'added' : 'removed';
    return [before, words, after].flatMap((text) => (text === '' ? [] : [{ text, kind }]));
  });
  const count = (kind: DiffPart['kind']) =>
    parts
      .filter((part) => part.kind === kind)
      .reduce((sum, { text }) => sum + wordsOf(text).length, 0);
  return { parts, removed: count('removed'), added: count('added'), same: count('same') };
}
