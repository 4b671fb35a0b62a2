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
