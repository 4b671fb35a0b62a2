import * as v from 'valibot';
import { folderOf } from '../core/picture-names';
import { captionText } from './sidecars';

/** More is no list of captions: 64 MB are some 300,000 of them. */
const MOST_BYTES = 64 * 1024 ** 2;

/** Columns that hold a caption, the first that is there counts; else the only other one that holds text. */
const CAPTION_COLUMNS = ['text', 'caption', 'captions', 'description', 'prompt', 'alt_text', 'alt'];

export interface CaptionList {
  /** Captions by the path of their picture. */
  readonly captions: ReadonlyMap<string, string>;
  /** Rows that could not be understood, or name no picture. */
  readonly unreadable: number;
}

const rowSchema = v.record(v.string(), v.unknown());

/**
 * Reads `metadata.jsonl` or `metadata.csv` of a Hugging Face image folder: a row a picture, `file_name` from the folder of the list
 * on, and its caption in another column (https://huggingface.co/docs/datasets/image_dataset#imagefolder).
 * @param path of the list
 */
export async function readCaptionList(list: Blob, path: string): Promise<CaptionList> {
  if (list.size > MOST_BYTES) return { captions: new Map(), unreadable: 1 };
  const text = await list.text();
  const rows = /\.csv$/iu.test(path) ? await rowsOfCsv(text) : await rowsOfLines(text);
  const captions = new Map<string, string>();
  let unreadable = 0;
  for (const row of rows) {
    const picture = pathOf(row, folderOf(path));
    const caption = row === undefined ? undefined : captionOf(row);
    if (picture === undefined) unreadable += 1;
    else if (caption !== undefined) captions.set(picture, caption);
  }
  return { captions, unreadable };
}

type Row = Readonly<Record<string, unknown>>;

/** So many lines are read before the page may draw again. */
const LINES_AT_ONCE = 5000;

async function rowsOfLines(text: string): Promise<(Row | undefined)[]> {
  const rows: (Row | undefined)[] = [];
  const lines = text.replace(/^\uFEFF/u, '').split('\n');
  for (const [place, line] of lines.entries()) {
    if (line.trim() !== '') rows.push(parsedRow(line));
    if (place % LINES_AT_ONCE === LINES_AT_ONCE - 1) await new Promise((go) => setTimeout(go));
  }
  return rows;
}

function parsedRow(line: string): Row | undefined {
  try {
    const parsed = v.safeParse(rowSchema, JSON.parse(line));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

async function rowsOfCsv(text: string): Promise<(Row | undefined)[]> {
  const { default: Papa } = await import('papaparse');
  const { data } = Papa.parse<Row>(text, { header: true, skipEmptyLines: 'greedy' });
  return data;
}

/** Where the picture of a row lies; undefined where it says nothing, or points out of the folder. */
function pathOf(row: Row | undefined, folder: string): string | undefined {
  const given = row?.file_name ?? row?.image_file_name;
  if (typeof given !== 'string' || given.trim() === '') return undefined;
  const parts = given
    .trim()
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (parts.length === 0 || parts.includes('..')) return undefined;
  return [...(folder === '' ? [] : [folder]), ...parts].join('/');
}

function captionOf(row: Row): string | undefined {
  for (const column of CAPTION_COLUMNS) {
    const found = textIn(row[column]);
    if (found !== undefined) return found;
  }
  const others = Object.entries(row).filter(
    ([column, value]) => !/(?:^|_)(?:file_name|url|id)$/iu.test(column) && isWords(textIn(value)),
  );
  return others.length === 1 ? textIn(others[0]?.[1]) : undefined;
}

/** Of several captions the first. */
function textIn(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? captionText(first) : undefined;
}

/** Not a number, as every cell of a CSV is text. */
const isWords = (text: string | undefined): boolean => text !== undefined && /\p{L}/u.test(text);
