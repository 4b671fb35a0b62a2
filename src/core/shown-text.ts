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
const EACH_HIDDEN = /[\u{e0020}-\u{e007f}]+|\p{Cf}|(?![\t\n\r])\p{Cc}/gu;

/** Scripts whose letters join, or are told apart, by U+200C and U+200D. */
const JOINED = /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Syriac}\p{Script=Khmer}\p{Script=Mongolian}\p{Script=Nko}\p{M}]$/u; // prettier-ignore
const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{fe0f}]$/u;
const FLAG = '\u{1f3f4}';

function named(hidden: string, at: number, text: string): string {
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
