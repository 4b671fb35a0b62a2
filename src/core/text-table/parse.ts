import { lexer, type Token, type Tokens } from 'marked';
import Papa from 'papaparse';
import { isHead, readGrid } from './columns';
import { readJson } from './from-json';
import { readLines } from './from-lines';
import { readProse } from './from-prose';
import type { Reading } from './reading';

export interface AnswerKind {
  /** The model was asked for the texts of the picture in a table, beside other things. */
  readonly isTable: boolean;
  /** It was asked for nothing but the text: lines without any form are text too. */
  readonly isOnlyText: boolean;
}

/** More lines than any picture has: a model that goes in circles. */
const MOST_ROWS = 80;
/** Of an answer; what stands behind is not read. */
const MOST_CHARACTERS = 40_000;

/** The lines of text that an answer gives, in whichever of the usual forms: Markdown, CSV, JSON, fenced or not, labels, prose. */
export function readAnswer(answer: string, kind: AnswerKind): Reading[] {
  const text = answer.slice(0, MOST_CHARACTERS).replace(/\r\n?/gu, '\n');
  if (!kind.isTable) return readProse(text, false).slice(0, MOST_ROWS);
  return distinct(readFormed(text, kind)).slice(0, MOST_ROWS);
}

function readFormed(text: string, kind: AnswerKind): Reading[] {
  const json = readJson(text) ?? readJson(afterIntroduction(text));
  if (json !== undefined) return json;
  const rest: string[] = [];
  const formed = lexer(text).flatMap((token) => {
    const found = readToken(token, kind);
    if (found === undefined) rest.push(token.raw);
    return found ?? [];
  });
  // Beside a table, prose quotes the same texts again.
  if (formed.length > 0) return formed;
  const loose = rest.join('');
  const lines = readLines(loose, kind.isOnlyText && !isProse(loose));
  return lines.length > 0 ? lines : readProse(loose, kind.isOnlyText);
}

/** "Here is the list: [ … ]" */
function afterIntroduction(text: string): string {
  const start = text.search(/^\s*[[{]/mu);
  return start < 0 ? '' : text.slice(start).replace(/```[\s\S]*$/u, '');
}

/** Sentences about the picture, not what stands in it. */
function isProse(text: string): boolean {
  const paragraphs = text.split('\n').filter((line) => line.trim() !== '');
  const about = paragraphs.filter((line) =>
    /\b(the|this|there|its?|i) (\p{Ll}+ ){0,4}(is|are|says?|reads?|means|appears|contains?|shows?|displays?|see|cannot|can)\b/iu.test(
      line,
    ),
  );
  return about.length > 0 && about.length >= paragraphs.length / 2;
}

/** Undefined where the block has none of the forms. */
function readToken(token: Token, kind: AnswerKind): Reading[] | undefined {
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    const grid = [header, ...rows].map((row) => row.map(({ tokens }) => plain(tokens)));
    return readGrid(grid);
  }
  if (token.type === 'code') {
    const { text } = token as Tokens.Code;
    return readJson(text) ?? readLooseTable(text) ?? readLines(text, true);
  }
  return token.type === 'paragraph' || token.type === 'text'
    ? readLooseTable(token.raw, kind.isTable)
    : undefined;
}

/** CSV, TSV, or a Markdown table without its second line, from its head on. */
function readLooseTable(text: string, needsHead = false): Reading[] | undefined {
  const lines = text.split('\n');
  for (const delimiter of ['|', ',', '\t', ';']) {
    const cut = (line: string): string[] =>
      cells(delimiter === '|' ? line.trim().replace(/^\||\|$/gu, '') : line, delimiter);
    const at = lines.findIndex((line) => line.includes(delimiter) && isHead(cut(line)));
    if (at >= 0) {
      const body = lines.slice(at);
      const grid = delimiter === '|' ? body.map(cut) : cellsOf(body.join('\n'), delimiter);
      const [head = []] = grid;
      return readGrid(
        grid
          .filter((row) => row.length > 1 && !row.every((cell) => /^[\s:-]*$/u.test(cell)))
          .map((row) => merged(row, head.length)),
      );
    }
    const piped = lines.filter((line) => line.trim().startsWith('|')).map(cut);
    if (delimiter === '|' && piped.length > 0) {
      const rows = piped.filter((row) => !row.every((cell) => /^[\s:-]*$/u.test(cell)));
      const [first] = rows;
      return readGrid(first?.length === 1 ? [['text'], ...rows] : rows);
    }
    if (!needsHead && lines.length > 1 && lines.every((line) => line.includes(delimiter))) {
      const guessed = readGrid(cellsOf(text, delimiter));
      if (guessed.length > 0) return guessed;
    }
  }
  return undefined;
}

const cells = (line: string, delimiter: string): string[] =>
  (cellsOf(line, delimiter)[0] ?? []).map((cell) => cell.trim());

function cellsOf(text: string, delimiter: string): string[][] {
  return Papa.parse<string[]>(text, { delimiter, skipEmptyLines: 'greedy' }).data.map((row) =>
    row.map((cell) => cell.trim()),
  );
}

/** A comma that was not quoted made two cells of one: the first ones are the text's. */
function merged(row: readonly string[], width: number): string[] {
  const surplus = row.length - width;
  if (surplus <= 0) return [...row];
  return [row.slice(0, surplus + 1).join(', '), ...row.slice(surplus + 1)];
}

/** Inline Markdown without its marks. */
function plain(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'br') return '\n';
      const inner = (token as { readonly tokens?: readonly Token[] }).tokens;
      if (inner !== undefined && inner.length > 0) return plain(inner);
      return (token as { readonly text?: string }).text ?? token.raw;
    })
    .join('');
}

/** What is said twice in a row, over and over, is one line that a model could not stop to write. */
function distinct(readings: readonly Reading[]): Reading[] {
  const counts = new Map<string, number>();
  for (const { original } of readings) counts.set(original, (counts.get(original) ?? 0) + 1);
  const seen = new Set<string>();
  return readings.filter(({ original }) => {
    const isLoop = (counts.get(original) ?? 0) > MOST_REPEATS && seen.has(original);
    seen.add(original);
    return !isLoop;
  });
}

/** "SALE" may stand four times in a window. */
const MOST_REPEATS = 4;
