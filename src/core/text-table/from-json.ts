import * as v from 'valibot';
import { isEnglish, isLanguage, isOriginal } from './columns';
import { languageName } from './language-names';
import { readingOf, type Reading } from './reading';

const objectSchema = v.record(v.string(), v.unknown());
const textSchema = v.union([
  v.string(),
  v.pipe(v.number(), v.transform(String)),
  v.pipe(
    v.array(v.string()),
    v.transform((lines) => lines.join('\n')),
  ),
]);
/** Lists in objects in lists: what a model nests deeper is no list of texts. */
const MOST_DEPTH = 4;

/** The readings of a JSON answer, also of one that was cut off; undefined where the text is no JSON. */
export function readJson(text: string): Reading[] | undefined {
  const values = parsed(text);
  return values === undefined ? undefined : values.flatMap((value) => readingsIn(value, 0));
}

function readingsIn(value: unknown, depth: number): Reading[] {
  if (depth > MOST_DEPTH) return [];
  if (typeof value === 'string') return [readingOf(value)].filter((one) => one !== undefined);
  if (Array.isArray(value)) return value.flatMap((each) => readingsIn(each, depth + 1));
  const object = v.safeParse(objectSchema, value);
  if (!object.success) return [];
  const entries = Object.entries(object.output);
  const textOf = (is: (key: string) => boolean): string => {
    const found = entries.find(([key, each]) => is(key) && v.is(textSchema, each));
    const read = v.safeParse(textSchema, found?.[1]);
    return read.success ? read.output : '';
  };
  const own = readingOf(
    textOf((key) => isOriginal(key) && !isEnglish(key)),
    textOf((key) => isEnglish(key) && !isLanguage(key)),
    languageName(textOf(isLanguage)),
  );
  if (own !== undefined) return [own];
  // Only lists: a word under some key ("style": "modern") is no text of the picture.
  return entries.flatMap(([, each]) =>
    typeof each === 'object' && each !== null ? readingsIn(each, depth + 1) : [],
  );
}

/** One value, one a line, or as much of a list as had been written when the tokens ran out. */
function parsed(text: string): unknown[] | undefined {
  const trimmed = text.trim().replace(/,\s*([\]}])/gu, '$1');
  if (!/^[[{]/u.test(trimmed)) return undefined;
  const whole = tried(trimmed);
  if (whole !== undefined) return [whole];
  const lines = trimmed.split('\n').map((line) => tried(line.trim().replace(/,$/u, '')));
  if (lines.every((line) => line !== undefined)) return lines;
  return cutOff(trimmed);
}

function cutOff(text: string): unknown[] | undefined {
  const end = text.lastIndexOf('}');
  if (end < 0) return undefined;
  const kept = text.slice(0, end + 1);
  for (const close of [']', ']}', '}', ']}}']) {
    const value = tried(kept + close);
    if (value !== undefined) return [value];
  }
  return undefined;
}

function tried(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
