/**
 * A text of a model or a dataset as it is put on screen. Characters that would turn the direction of what stands beside
 * them, or that are there and cannot be seen, are named: "⟨U+202E⟩". What they do in honest writing they go on doing:
 * joiners in Persian, in Indic scripts and between emoji. Right-to-left letters need none of them.
 */
export function shownText(text: string): string {
  return HIDDEN.test(text) ? text.replace(EACH_HIDDEN, named) : text;
}

/** Bidirectional controls, zero width, invisible operators, tags, control characters but tab and line breaks. */
const HIDDEN = /\p{Cf}|(?![\t\n\r])\p{Cc}/u;
export const EACH_HIDDEN = /[\u{e0020}-\u{e007f}]+|\p{Cf}|(?![\t\n\r])\p{Cc}/gu;

/** Letters of scripts in which U+200C and U+200D join letters or tell them apart: all but those that never do. */
const JOINED =
  /(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Han}])[\p{L}\p{M}]$/u;
const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{fe0f}]$/u;
const FLAG = '\u{1f3f4}';

/** How `shownText` shows one of them: by a name, as it is, or not at all. */
export function named(hidden: string, at: number, text: string): string {
  const before = text.slice(Math.max(0, at - 2), at);
  if ((hidden === '\u200d' || hidden === '\u200c') && JOINED.test(before)) return hidden;
  if (hidden === '\u200d' && EMOJI.test(before)) return hidden;
  if (hidden === '\u00ad') return '';
  const code = hidden.codePointAt(0) ?? 0;
  if (code >= 0xe0020 && code <= 0xe007f) {
    return before.endsWith(FLAG) ? hidden : `⟨hidden: ${lettersOf(hidden)}⟩`;
  }
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** Tags repeat ASCII where nobody sees it. */
function lettersOf(tags: string): string {
  return Array.from(tags, (tag) => String.fromCodePoint(((tag.codePointAt(0) ?? 0) - 0xe0000) % 0x7f)).join(''); // prettier-ignore
}
