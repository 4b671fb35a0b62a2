import { languageName } from './language-names';
import { cleaned, readingOf, type Reading } from './reading';

/** Which column of a table, or key of an object, is which; -1 where there is none. */
interface Columns {
  readonly original: number;
  readonly english: number;
  readonly language: number;
}

/** A head is a few words: "English translation: Push" is a cell. */
const ENGLISH = /^(?=[^:.,"“]{1,40}$).*(\benglish\b|translat|\bmeaning\b|\bgloss\b)/iu;
const LANGUAGE = /^(source |original |detected |text )?lang(uage)?s?( code)?$/iu;
const ORIGINAL =
  /^((original|source|extracted|detected|visible|raw|exact|foreign)( text| wording| language text)?|text( \(?original\)?| in( the)? (image|picture|original)| content| line)?|transcription|transcribed( text)?|ocr( text)?|line text|wording|inscription|content|as written|原文|テキスト)$/iu;
/** Columns that tell where or what a text is, not what it says. */
const BESIDE =
  /^(#|no\.?|nr\.?|id|index|line( (no\.?|number))?|number|count|location|position|place|type|element|object|item|notes?|comments?|confidence|where|bbox|script|font|colou?r)$/iu;

/** "Original Text", "original_text", "**Original**" and "originalText" are one. */
function label(name: string): string {
  return cleaned(name)
    .replace(/([a-z])([A-Z])/gu, '$1 $2')
    .replace(/[_*`]+|:\s*$/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

export const isOriginal = (name: string): boolean => ORIGINAL.test(label(name));
export const isEnglish = (name: string): boolean => ENGLISH.test(label(name));
export const isLanguage = (name: string): boolean => LANGUAGE.test(label(name));

/** What the columns of a table of texts are; undefined where it is a table of something else. */
function columnsOf(head: readonly string[]): Columns | undefined {
  const labels = head.map(label);
  const language = labels.findIndex(isLanguage);
  const english = labels.findIndex((name, at) => at !== language && isEnglish(name));
  const named = labels.findIndex((name, at) => at !== english && isOriginal(name));
  if (named >= 0) return { original: named, english, language };
  // "Sign | Translation": the first column that is something else than a number or a place.
  const other = labels.findIndex(
    (name, at) => at !== english && at !== language && !BESIDE.test(name),
  );
  return other >= 0 && english >= 0 ? { original: other, english, language } : undefined;
}

/** Whether a row is the head of a table of texts. */
export function isHead(cells: readonly string[]): boolean {
  return cells.length > 1 && columnsOf(cells) !== undefined;
}

/** The readings of a table: by its head, or by what stands in it where the head was forgotten. */
export function readGrid(grid: readonly (readonly string[])[]): Reading[] {
  const [head = [], ...rows] = grid;
  const columns = columnsOf(head);
  if (columns !== undefined && head.length > 1) return rows.flatMap((row) => rowOf(row, columns));
  if (head.length === 1 && isOriginal(head[0] ?? ''))
    return rows.flatMap((row) => rowOf(row, { original: 0, english: -1, language: -1 }));
  const guessed = guessedColumns(grid);
  return guessed === undefined ? [] : grid.flatMap((row) => rowOf(row, guessed));
}

function rowOf(row: readonly string[], { original, english, language }: Columns): Reading[] {
  const cell = (at: number): string => (at < 0 ? '' : (row[at] ?? ''));
  const reading = readingOf(cell(original), cell(english), languageName(cell(language)));
  return reading === undefined ? [] : [reading];
}

/** No head: a column in which every cell is a language tells that the others are text and its meaning. */
function guessedColumns(grid: readonly (readonly string[])[]): Columns | undefined {
  const width = grid[0]?.length ?? 0;
  if (width < 2 || width > 4) return undefined;
  const language = Array.from({ length: width }, (_, at) => at).find((at) =>
    grid.every((row) => languageName(row[at] ?? '') !== ''),
  );
  if (language === undefined) return undefined;
  const [original = -1, english = -1] = Array.from({ length: width }, (_, at) => at).filter(
    (at) => at !== language && !grid.every((row) => /^\d*\.?$/u.test((row[at] ?? '').trim())),
  );
  return original < 0 ? undefined : { original, english, language };
}
