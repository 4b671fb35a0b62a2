import type { ColumnKind, DatasetColumn } from '../datasets';

/**
 * What the columns hold, from the features of the `datasets` library: a list as the viewer gives it (`{name, type}`), or an
 * object by name as parquet files carry it. Anything that can't be understood is `other`.
 */
export function columnsOf(features: unknown): readonly DatasetColumn[] {
  const named: readonly (readonly [unknown, unknown])[] = Array.isArray(features)
    ? features.map((feature: unknown) => [field(feature, 'name'), field(feature, 'type')])
    : isObject(features)
      ? Object.entries(features)
      : [];
  return named.flatMap(([name, type]) =>
    typeof name === 'string' ? [{ name, kind: kindOf(type) }] : [],
  );
}

function kindOf(type: unknown): ColumnKind {
  const kind = field(type, '_type');
  if (kind === 'Image') return 'image';
  if (kind === 'Value') return isText(field(type, 'dtype')) ? 'text' : 'other';
  const inner = innerOf(type);
  if (inner === undefined) return hasImage(type, 0) ? 'nested-images' : 'other';
  const innerKind = kindOf(inner);
  if (innerKind === 'image') return 'images';
  if (innerKind === 'text') return 'texts';
  return hasImage(inner, 0) ? 'nested-images' : 'other';
}

/** What a list is of: `[feature]` up to datasets 3, `{_type: 'Sequence' | 'List' | 'LargeList', feature}`. */
function innerOf(type: unknown): unknown {
  if (Array.isArray(type)) return (type as unknown[])[0];
  const kind = field(type, '_type');
  return kind === 'Sequence' || kind === 'List' || kind === 'LargeList'
    ? field(type, 'feature')
    : undefined;
}

function hasImage(type: unknown, depth: number): boolean {
  if (depth > 8 || typeof type !== 'object' || type === null) return false;
  if (field(type, '_type') === 'Image') return true;
  return Object.values(type).some((inner) => hasImage(inner, depth + 1));
}

const isText = (dtype: unknown) =>
  dtype === 'string' || dtype === 'large_string' || dtype === 'string_view';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function field(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Columns that most likely hold captions, best first. */
const CAPTION_NAMES = [
  /^captions?$/iu,
  /^(?:text|description|prompt|alt_?text)$/iu,
  /caption/iu,
  /descri|detail|text/iu,
];

/** The caption column to begin with: none where no name says that it is one. */
export function likelyCaption(columns: readonly DatasetColumn[]): string | null {
  const texts = columns.filter(({ kind }) => kind === 'text' || kind === 'texts');
  for (const name of CAPTION_NAMES) {
    const found = texts.find((column) => name.test(column.name));
    if (found !== undefined) return found.name;
  }
  return null;
}

/** A cell as a caption: a text, or the first of several. */
export function captionOf(cell: unknown): string | undefined {
  const text: unknown = Array.isArray(cell) ? (cell as unknown[])[0] : cell;
  if (typeof text !== 'string') return undefined;
  const trimmed = text.trim();
  return trimmed === '' ? undefined : trimmed;
}
