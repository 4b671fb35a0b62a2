import { readAnswer } from './read-answer';
import * as v from 'valibot';

/** What the dataset viewer answers (huggingface/dataset-viewer, docs/source/openapi.json); what is not needed is left out. */
const validSchema = v.object({
  preview: v.fallback(v.boolean(), false),
  viewer: v.fallback(v.boolean(), false),
  search: v.fallback(v.boolean(), false),
});

const splitsSchema = v.object({
  splits: v.array(v.object({ config: v.string(), split: v.string() })),
});

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const sizeSchema = v.object({
  size: v.object({
    splits: v.array(
      v.object({
        config: v.string(),
        split: v.string(),
        num_rows: v.fallback(v.nullable(count), null),
        num_bytes_parquet_files: v.fallback(v.nullable(count), null),
      }),
    ),
  }),
});

const rowsSchema = v.object({
  features: v.array(v.object({ name: v.string(), type: v.unknown() })),
  rows: v.array(v.object({ row_idx: count, row: v.record(v.string(), v.unknown()) })),
  num_rows_total: v.fallback(v.optional(count), undefined),
});

export type ViewerValid = v.InferOutput<typeof validSchema>;
export type ViewerRows = v.InferOutput<typeof rowsSchema>;

export interface ViewerSize {
  readonly config: string;
  readonly split: string;
  readonly rows: number | null;
  readonly bytes: number | null;
}

/** @throws AppError `dataset-unreadable` */
export function readValid(value: unknown): ViewerValid {
  return read(validSchema, value, 'is-valid');
}

/** @throws AppError `dataset-unreadable` */
export function readSplits(
  value: unknown,
): readonly { readonly config: string; readonly split: string }[] {
  return read(splitsSchema, value, 'splits').splits;
}

/** @throws AppError `dataset-unreadable` */
export function readSize(value: unknown): readonly ViewerSize[] {
  return read(sizeSchema, value, 'size').size.splits.map(
    ({ config, split, num_rows: rows, num_bytes_parquet_files: bytes }) => ({
      config,
      split,
      rows,
      bytes,
    }),
  );
}

/** @throws AppError `dataset-unreadable` */
export function readRows(value: unknown): ViewerRows {
  return read(rowsSchema, value, 'rows');
}

/** Cell of an image column: the address of its picture; null: it is empty; undefined: it is no picture. */
export function pictureAddress(cell: unknown): string | null | undefined {
  if (cell === null || cell === undefined) return null;
  if (typeof cell !== 'object' || !('src' in cell) || typeof cell.src !== 'string')
    return undefined;
  return /^https?:\/\//iu.test(cell.src) ? cell.src : undefined;
}

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  what: string,
): v.InferOutput<Schema> {
  return readAnswer(schema, value, { what, code: 'dataset-unreadable' });
}
