import { isEnglish, isLanguage, isOriginal } from './columns';
import { languageName } from './language-names';
import { cleaned, readingOf, type Reading } from './reading';

type Part = 'original' | 'english' | 'language';

/** A line of an answer as what it is: the text, or what is said of it. */
interface Labelled {
  readonly part: Part | 'other' | 'plain';
  readonly value: string;
}

/** A label of more words is a sentence. */
const LABELLED =
  /^[\s*_#>•-]*(?:\d+[.)]\s*)?[*_]*([\p{L}][\p{L}\p{N}_ ()'/-]{0,40}?)[*_]*\s*[:：]\s*[*_]*\s*(.*)$/u;
/** Of an answer, not of a picture. */
const INTRODUCTION =
  /^(sure|certainly|of course|here (is|are)|here's|below|the following|okay|ok,|i('ve| have| can)|as requested|note:|this (image|picture|is))\b|\b(the|this) (image|picture|photo|photograph|screenshot)\b|\b(following|extracted|visible) text\b/iu;
const PAIR = /\s*(?:→|⇒|->|=>|–>|\s[–—]\s|\s-\s|\s=\s)\s*/u;

/**
 * The readings of labelled lines ("Original: …", "Translation: …", "Language: …") and of plain ones.
 * @param isAsked every plain line is text: the model was asked to copy it
 */
export function readLines(text: string, isAsked: boolean): Reading[] {
  const lines = text.split('\n').flatMap(fields).map(labelled);
  const hasLabels = lines.some(({ part }) => part !== 'plain' && part !== 'other');
  if (!isAsked && !lines.some(({ part }) => part === 'original')) return [];
  const blocks = new Blocks(isAsked);
  for (const line of lines) blocks.add(line);
  const readings = blocks.readings();
  return hasLabels || isAsked ? readings : [];
}

/** "Original: X | English: Y | Language: Z" on one line is three. */
function fields(line: string): string[] {
  const parts = line.split(/\s*[|;,]\s*(?=[*_]*[\p{L} ]{3,24}[*_]*\s*[:：])/u);
  const isAll = parts.length > 1 && parts.every((part) => partOf(part) !== undefined);
  return isAll ? parts : [line];
}

function partOf(line: string): Part | undefined {
  const name = LABELLED.exec(line)?.[1];
  if (name === undefined) return undefined;
  if (isLanguage(name)) return 'language';
  if (isEnglish(name)) return 'english';
  return isOriginal(name) ? 'original' : undefined;
}

function labelled(line: string): Labelled {
  const match = LABELLED.exec(line);
  const part = partOf(line);
  if (match !== null && part !== undefined) return { part, value: match[2] ?? '' };
  return { part: INTRODUCTION.test(line.trim()) ? 'other' : 'plain', value: line };
}

/** Puts lines together: what is said of a text follows it. */
class Blocks {
  readonly #isAsked: boolean;
  readonly #done: Reading[] = [];
  #originals: string[] = [];
  #english: string[] = [];
  #language = '';
  /** What plain lines belong to; undefined where they are of no account. */
  #open: Part | undefined;

  constructor(isAsked: boolean) {
    this.#isAsked = isAsked;
    this.#open = isAsked ? 'original' : undefined;
  }

  add({ part, value }: Labelled): void {
    if (part === 'other') return;
    if (part === 'plain') {
      this.#addPlain(value);
      return;
    }
    const isNext = part === 'original' && this.#originals.length > 0;
    const isSaid =
      (part === 'english' && this.#english.length > 0) ||
      (part === 'language' && this.#language !== '');
    if (isNext || isSaid) this.#close();
    this.#open = part;
    if (value.trim() === '') return;
    if (part === 'original') this.#originals.push(value);
    else if (part === 'english') this.#english.push(value);
    else this.#language = languageName(value);
  }

  readings(): Reading[] {
    this.#close();
    return this.#done;
  }

  #addPlain(value: string): void {
    const text = cleaned(value.replace(/^\s*(?:[-*•>]|\d+[.)])\s+/u, ''));
    if (text === '') {
      if (this.#open === 'english' && this.#english.length > 0) this.#open = undefined;
      return;
    }
    if (this.#open === 'language') {
      this.#language ||= languageName(value);
      this.#open = undefined;
    } else if (this.#open === 'english') this.#english.push(text);
    else if (this.#open === 'original') this.#originals.push(text);
    else if (this.#isAsked && this.#originals.length > 0) {
      // The next text, after what was said of the one before.
      this.#close();
      this.#open = 'original';
      this.#originals.push(text);
    }
  }

  /** As many translations as lines: each has its own; else the lines are one text, with breaks. */
  #close(): void {
    const pairs = this.#originals.map((line) => pairOf(line));
    const english = this.#english.length === 0 ? [] : this.#english;
    const isWhole = english.length > 0 && english.length !== pairs.length;
    const rows = isWhole
      ? [readingOf(this.#originals.join('\n'), english.join('\n'), this.#language)]
      : pairs.map((pair, at) =>
          readingOf(pair.original, english[at] ?? pair.english, pair.language || this.#language),
        );
    this.#done.push(...rows.filter((row) => row !== undefined));
    this.#originals = [];
    this.#english = [];
    this.#language = '';
  }
}

/** "Ausgang – Exit (German)", "Ausgang (German): Exit": what stands around a text on its line. */
function pairOf(line: string): Reading {
  const bracket = /^(.*?)\s*[（(]([^()（）]+)[)）]\s*(.*)$/u.exec(line);
  const language = languageName(bracket?.[2] ?? '');
  const bare =
    bracket === null || language === '' ? line : `${bracket[1] ?? ''} ${bracket[3] ?? ''}`.trim();
  const [original = '', english = '', ...more] = bare.split(PAIR);
  const isPair =
    more.length === 0 && english !== '' && (language !== '' || /→|⇒|[-=]>/u.test(bare));
  if (isPair) return { original, english, language };
  return { original: bare, english: '', language };
}
