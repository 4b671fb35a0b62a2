/** A line of text as one answer gives it; empty where the answer says nothing of it. */
export interface Reading {
  readonly original: string;
  readonly english: string;
  readonly language: string;
}

/** Longer "lines" are no lines of a picture, but a model that has lost its way. */
const MOST_CHARACTERS = 600;

/** What models write where there is nothing to write. */
const NOTHING =
  /^(n\.?\s?\/?\s?a\.?|none|null|nil|unknown|undefined|same|empty|illegible|unreadable|not (applicable|available|visible|legible|readable|translated)|no (visible |legible |readable )?(text|translation)( (is )?(visible|found|present|needed|provided|detected))?|-+|–|—|…|\.{2,}|\?+)$/iu;

/** Marks around a whole cell: `"Ausgang"`, `„Ausgang“`, `**Ausgang**`, `` `Ausgang` ``. */
const AROUND: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ['“', '”'],
  ['„', '“'],
  ['„', '”'],
  ['«', '»'],
  ['»', '«'],
  ['「', '」'],
  ['『', '』'],
  ["'", "'"],
  ['‘', '’'],
  ['`', '`'],
  ['**', '**'],
];

/**
 * A cell as text: one Unicode form, no quotation marks around it, none of the invisible characters that turn the direction of
 * what stands beside them (those that join letters stay: Persian and Hindi are written with them). Empty for "N/A" and the like.
 */
export function cleaned(cell: string): string {
  let text = cell
    .normalize('NFC')
    .replace(/<br\s*\/?>/giu, '\n')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (mark) => (/[\n\t\u2028\u2029]/u.test(mark) ? mark : ''))
    .replace(/(?![\u200C\u200D])\p{Cf}/gu, '')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n[\s]*/gu, '\n')
    .trim();
  for (let isBare = false; !isBare;) {
    const pair = AROUND.find(
      ([open, close]) =>
        text.length > open.length + close.length &&
        text.startsWith(open) &&
        text.endsWith(close) &&
        !text.slice(open.length, -close.length).includes(close),
    );
    isBare = pair === undefined;
    if (pair !== undefined) text = text.slice(pair[0].length, -pair[1].length).trim();
  }
  return NOTHING.test(text) ? '' : text.slice(0, MOST_CHARACTERS);
}

/** For comparing: without case, accents, marks and space, which models read least surely. */
export function folded(text: string): string {
  const bare = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s\p{Cf}]+/gu, '');
  // Marks are accents in Latin, Greek and Cyrillic; elsewhere they are letters.
  const plain = bare.replace(
    /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu,
    '',
  );
  return (plain === '' ? text.normalize('NFKC').replace(/\s+/gu, '') : plain).normalize('NFC');
}

/** A reading of cells as they were written, undefined where there is no text in it. */
export function readingOf(original: string, english = '', language = ''): Reading | undefined {
  const text = cleaned(original);
  if (text === '') return undefined;
  return { original: text, english: cleaned(english), language: cleaned(language) };
}
