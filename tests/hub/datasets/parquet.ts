import { gzipSync } from 'node:zlib';

import type { CompressionCodec, SchemaElement } from 'hyparquet';
import { ByteWriter, parquetWrite, type Writer } from 'hyparquet-writer';
import { isPicture, type Feature, type Table } from './table';

export interface ParquetOptions {
  /** Rows `from` to `to - 1` of the table. */
  from?: number;
  to?: number;
  /** The `datasets` library writes 100 rows with pictures. */
  groupRows?: number;
  codec?: CompressionCodec;
  /** Whether pages can be found without reading what is before them. */
  pageIndex?: boolean;
  /** Before it is compressed; a value is never split. */
  pageBytes?: number;
}

/** Rows of a table as the `datasets` library writes them: an Image is a struct of bytes and path. */
export function tableParquet(table: Table, options: ParquetOptions = {}): Uint8Array {
  const writer = new ByteWriter();
  // At once: this writer waits for nothing.
  void writeTable(writer, table, options);
  return writer.getBytes();
}

export function writeTable(
  writer: Writer,
  table: Table,
  {
    from = 0,
    to = table.rows,
    groupRows = 100,
    codec = 'UNCOMPRESSED',
    pageIndex = true,
    pageBytes = 1_048_576,
  }: ParquetOptions,
): void | Promise<void> {
  const indices = Array.from({ length: to - from }, (_, place) => from + place);
  const features = Object.fromEntries(table.features.map(({ name, type }) => [name, type]));
  return parquetWrite({
    writer,
    codec,
    // LZO is one that no reader here knows: it is written like none.
    compressors: { GZIP: (bytes) => gzipSync(bytes), LZO: (bytes) => bytes },
    schema: [
      { name: 'schema', num_children: table.features.length },
      ...table.features.flatMap(schemaOf),
    ],
    columnData: table.features.map(({ name }) => ({
      name,
      data: new LazyColumn(indices, (index) => cellOf(table.row(index)[name])),
      offsetIndex: pageIndex,
      statistics: false,
    })),
    rowGroupSize: groupRows,
    pageSize: pageBytes,
    kvMetadata: [{ key: 'huggingface', value: JSON.stringify({ info: { features } }) }],
    createdBy: 'parquet-cpp-arrow version 20.0.0',
  });
}

/** Makes the cells of a row group when it is written: gigabytes of pictures need not be in memory together. */
class LazyColumn extends Array<unknown> {
  readonly #indices: readonly number[];
  readonly #cell: (index: number) => unknown;

  constructor(indices: readonly number[], cell: (index: number) => unknown) {
    super();
    this.#indices = indices;
    this.#cell = cell;
    this.length = indices.length;
  }

  override slice(start?: number, end?: number): unknown[] {
    return this.#indices.slice(start, end).map(this.#cell);
  }
}

function cellOf(cell: unknown): unknown {
  if (Array.isArray(cell)) return (cell as unknown[]).map(cellOf);
  return isPicture(cell) ? { bytes: cell.bytes, path: cell.path } : cell;
}

const text = (name: string): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  repetition_type: 'OPTIONAL',
  converted_type: 'UTF8',
});

function schemaOf({ name, type }: Feature): SchemaElement[] {
  const kind = (type as { _type: string })._type;
  if (kind === 'Image') {
    return [
      { name, repetition_type: 'OPTIONAL', num_children: 2 },
      { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
      text('path'),
    ];
  }
  if (kind === 'Value')
    return (type as { dtype: string }).dtype === 'string'
      ? [text(name)]
      : [{ name, type: 'INT32', repetition_type: 'OPTIONAL' }];
  const { feature } = type as { feature: unknown };
  return [
    { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...schemaOf({ name: 'element', type: feature }),
  ];
}
