import { languageName } from './language-names';
import { readingOf, type Reading } from './reading';

interface Quote {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const QUOTED = [
  /“([^“”]{1,300})”|„([^“”„]{1,300})[“”]|«([^«»]{1,300})»|「([^「」]{1,300})」|『([^『』]{1,300})』|"([^"]{1,300})"/gu,
  // Single marks only around whole words: "the cat's" is no quotation.
  /(?<![\p{L}\d])['‘]([^'‘’\n]{1,300})['’](?![\p{L}\d])/gu,
];

/** What follows is a translation, not what stands there. */
const MEANING =
  /\b(means?|meaning|translat\w*|in English|English(?! (text|word|letter|sign|language))|says in English|i\.e\.|(?:[A-Z]\p{L}+) for)\b[^"“”„«»「」『』.]*$/u;
/** It speaks of text in the picture. */
const CUE =
  /\b(says?|saying|reads?|reading|texts?|words?|wording|letters|lettering|label(l?ed|s)?|signs?|signage|signboard|written|writing|inscri\w+|titled?|headline|caption(ed)?|logo|brand|slogan|printed|spell(s|ed|ing)?|banner|poster|engraved|marked|number plate|license plate|displays?|bears|line)\b/iu;
const DENIED = /\b(no|not any|without|cannot|can't|unable|neither)\b/iu;
/** "(German)", "(exit)", "(German for “exit”)" behind a quotation. */
const BEHIND = /^[\s,]*\(([^()]{1,120})\)|^\s*(?:[-–—→=:]|->|=>)+\s*(?=[“"„«])/u;

/**
 * The texts that running text quotes, with what it says of their language and meaning.
 * @param isAsked the model was asked for text: what it quotes is text, also where the sentence does not say so
 */
export function readProse(text: string, isAsked: boolean): Reading[] {
  const readings: Reading[] = [];
  for (const sentence of sentences(text)) {
    const own = inSentence(sentence, isAsked);
    const language = languageIn(sentence, own.length > 0);
    for (const { reading, isMeaning } of own) {
      const last = readings.at(-1);
      if (!isMeaning) readings.push({ ...reading, language: reading.language || language });
      else if (last?.english === '')
        readings[readings.length - 1] = { ...last, english: reading.original };
    }
    if (own.some(({ isMeaning }) => !isMeaning) || language === '') continue;
    // "The language is German." is said of all that was quoted before and has none.
    for (const [at, one] of readings.entries())
      if (one.language === '') readings[at] = { ...one, language };
    const meaning = own.length > 0 ? undefined : bareMeaning(sentence);
    const last = readings.at(-1);
    if (meaning !== undefined && last?.english === '')
      readings[readings.length - 1] = { ...last, english: meaning };
  }
  return readings;
}

/** Cut at full stops outside of quotations; lines are sentences of their own. */
function sentences(text: string): string[] {
  return text
    .split(/(?<=[.!?]["”»’']?\)?)\s+(?=[\p{Lu}"“„«「*])|\n+/u)
    .reduce<string[]>((all, part) => {
      const last = all.at(-1);
      const isOpen = last !== undefined && (last.split('"').length - 1) % 2 === 1;
      if (isOpen && last.length < 400) all[all.length - 1] = `${last} ${part}`;
      else all.push(part);
      return all;
    }, [])
    .filter((part) => part.trim() !== '');
}

function inSentence(
  sentence: string,
  isAsked: boolean,
): { readonly reading: Reading; readonly isMeaning: boolean }[] {
  const quotes = quotesIn(sentence);
  const found: { reading: Reading; isMeaning: boolean }[] = [];
  let from = 0;
  for (const { text, start, end } of quotes) {
    const before = sentence.slice(from, start);
    from = end;
    const isMeaning = MEANING.test(before);
    const isText = isAsked || CUE.test(sentence.slice(0, start)) || CUE.test(sentence.slice(end));
    if (!isMeaning && (!isText || (DENIED.test(before) && !isAsked))) continue;
    const reading = readingOf(text);
    if (reading === undefined) continue;
    found.push({
      reading: isMeaning ? reading : withBehind(reading, sentence.slice(end)),
      isMeaning,
    });
  }
  return found;
}

function quotesIn(sentence: string): Quote[] {
  const quotes = QUOTED.flatMap((pattern) =>
    [...sentence.matchAll(pattern)].map((match): Quote => {
      const groups: readonly (string | undefined)[] = match.slice(1);
      const text = groups.find((group) => group !== undefined) ?? '';
      return { text, start: match.index, end: match.index + match[0].length };
    }),
  ).sort((a, b) => a.start - b.start || b.end - a.end);
  return quotes.filter((one, at) => quotes.slice(0, at).every(({ end }) => end <= one.start));
}

/** What stands in brackets, or without quotation marks, right behind a quotation. */
function withBehind(reading: Reading, rest: string): Reading {
  const inside = BEHIND.exec(rest)?.[1];
  if (inside === undefined) {
    const english =
      /^[,\s]*(?:which |and )?(?:means?|translat\w+(?: to| as| into)?)\s+([^"“„«.;,()]+)/iu.exec(
        rest,
      )?.[1];
    return english === undefined
      ? reading
      : { ...reading, english: english.trim().replace(/ in English$/iu, '') };
  }
  const language = languageName(
    inside.replace(/\b(in )?English( translation)?:?(?=.*[“"':])/iu, ''),
  );
  const quoted = quotesIn(inside)[0]?.text;
  const bare = inside
    .replace(
      /^\s*(\p{Lu}\p{L}+)?\s*(for|meaning|means|translat\w*( to| as)?|in English|English|:|[-–—]|,)+\s*:?\s*/iu,
      '',
    )
    .trim();
  const isOnlyLanguage = language !== '' && languageName(bare) === language;
  const english = quoted ?? (isOnlyLanguage ? '' : bare.replace(/,?\s*in English$/iu, ''));
  return { original: reading.original, english: readingOf(english)?.original ?? '', language };
}

/** "The text is in German", "written in French", "the German word". What it means "in English" is no language of the text. */
function languageIn(sentence: string, hasQuotes: boolean): string {
  if (DENIED.test(sentence) && /\blanguage\b/iu.test(sentence)) return '';
  const bare = QUOTED.reduce((text, pattern) => text.replace(pattern, ' '), sentence);
  const said =
    /\b(?:language(?: of the text)?(?: is| appears to be| seems to be)?:?|written in|(?:text|sign|words?|phrase) (?:is|are|appears to be) in|in)\s+(?:the\s+)?\*{0,2}(\p{Lu}\p{L}+)/u.exec(
      bare,
    )?.[1] ??
    (hasQuotes
      ? /\b(?:the|a|an) (\p{Lu}\p{L}+) (?:word|text|sign|phrase|inscription)/u.exec(bare)?.[1]
      : undefined);
  const name = languageName(said ?? '');
  const isOfMeaning = name === 'English' && /\b(mean|translat|in English)/iu.test(bare);
  return isOfMeaning && !/language (is|:)/iu.test(bare) ? '' : name;
}

/** "which means bakery": without quotation marks. */
function bareMeaning(sentence: string): string | undefined {
  const said = /\b(?:means?|translates? (?:to|as))\s+([^"“„«.;,]+)/iu.exec(sentence)?.[1];
  return said === undefined ? undefined : readingOf(said.replace(/ in English$/iu, ''))?.original;
}
