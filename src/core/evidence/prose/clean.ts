/** A text without what is no prose in it, and where each of its characters stood. */
export interface CleanText {
  readonly text: string;
  /** For each UTF-16 unit of `text` its index in the original. */
  readonly at: readonly number[];
}

/** Code, templates of chats, HTML, marks of Markdown, and characters that are not seen. */
const NO_PROSE = [
  [/```[\s\S]*?(```|$)/gu, '\n'],
  [/<\|[^|>]{0,40}\|>(?:system|user|assistant)?|<\/?s>|\[\/?INST\]|<<\/?SYS>>/giu, '\n'],
  [/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/giu, ' '],
  [/<!--[\s\S]*?(-->|$)/gu, ' '],
  [/<\/?[a-z][^<>]{0,300}>/giu, ' '],
  [/!?\[([^\]\n]{0,200})\]\([^)\n]{0,400}\)/gu, ' '],
  [/\bhttps?:\/\/\S+/giu, ' '],
  [/^[ \t]*[{}[\]"][^\n]*[{}[\],:][ \t]*$|^[ \t]*"[^"\n]+"\s*:[^\n]*$/gmu, ''],
  [/\*+|__+|`+|(?<=^|\s)_|_(?=\s|$)|(?<=^|\n)[ \t]*#{1,6}[ \t]+/gu, ''],
  // Zero width, directions, tags, control characters but the line break.
  [/\p{Cf}|\p{Variation_Selector}|(?!\n)\p{Cc}/gu, ''],
] as const; // prettier-ignore

/** Takes out what is no prose; sentences of the rest can be found again in the original. */
export function cleaned(original: string): CleanText {
  let text = original.replaceAll('\t', ' ');
  let at: number[] = Array.from({ length: original.length }, (_, index) => index);
  for (const [pattern, put] of NO_PROSE) {
    const kept: string[] = [];
    const places: number[] = [];
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      kept.push(text.slice(end, match.index), put);
      places.push(
        ...at.slice(end, match.index),
        ...Array<number>(put.length).fill(at[match.index] ?? 0),
      );
      end = match.index + match[0].length;
    }
    if (end === 0) continue;
    kept.push(text.slice(end));
    text = kept.join('');
    at = [...places, ...at.slice(end)];
  }
  return { text, at };
}

/** The piece of the original that a piece of the clean text came from. */
export function originalOf(
  original: string,
  { at }: CleanText,
  start: number,
  length: number,
): string {
  const first = at[start];
  const last = at[start + length - 1];
  return first === undefined || last === undefined ? '' : original.slice(first, last + 1);
}
