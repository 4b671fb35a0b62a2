import {
  parquetMetadataAsync,
  parquetReadObjects,
  type AsyncBuffer,
  type FileMetaData,
  type RowGroup,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { AppError } from '../../../src/core/errors';
import { askBytes, type Asking } from './ask';
import { Kept } from './kept';

/** The end of a file, where it says what is in it: of a dataset's parquet file some kilobytes. */
const FOOTER_BYTES = 32 * 1024;
/** Column chunks up to this size are read whole: asking once more would take longer. */
const SMALL_CHUNK_BYTES = 256 * 1024;
/** What has to be in memory at once to read one row where pages can't be found. */
const MOST_CHUNK_BYTES = 700 * 1024 * 1024;
/** Decoded columns of row groups: neighbours lie in one. */
const KEPT_BYTES = 300 * 1024 * 1024;
/** Parts of files: several small pictures lie in one page, and each asks for it. */
const KEPT_SLICE_BYTES = 32 * 1024 * 1024;

type ColumnChunk = RowGroup['columns'][number];

/** What is kept of parquet files, to be let go of when nobody reads any more. */
export class ParquetCache {
  readonly columns = new Kept<readonly unknown[]>(KEPT_BYTES);
  readonly slices = new Kept<ArrayBuffer>(KEPT_SLICE_BYTES);

  clear(): void {
    this.columns.clear();
    this.slices.clear();
  }
}

interface GroupAt {
  readonly group: RowGroup;
  readonly start: number;
  readonly rows: number;
}

/** A parquet file that is read by ranges, only what is asked for. */
export class ParquetFile {
  readonly #url: string;
  readonly #bytes: number;
  readonly #cache: ParquetCache;
  readonly #metadata = new Kept<FileMetaData>(1);

  constructor(url: string, bytes: number, cache: ParquetCache) {
    this.#url = url;
    this.#bytes = bytes;
    this.#cache = cache;
  }

  /** @throws AppError with a code of datasets */
  metadata(asking: Asking): Promise<FileMetaData> {
    return this.#metadata.get('', asking.signal, () =>
      readable(() =>
        parquetMetadataAsync(this.#buffer(asking), { initialFetchSize: FOOTER_BYTES }),
      ),
    );
  }

  async rowCount(asking: Asking): Promise<number> {
    return Number((await this.metadata(asking)).num_rows);
  }

  /** The cell of a row of this file. @throws AppError with a code of datasets, `parquet-codec` */
  async cell(column: string, row: number, asking: Asking): Promise<unknown> {
    const metadata = await this.metadata(asking);
    const at = groupAt(metadata, row);
    const chunks = chunksOf(at.group, column);
    if (chunks.every(isCheapToEnter)) {
      const [cell] = await this.#read(column, { start: row, end: row + 1, metadata }, asking);
      return cell;
    }
    const bytes = bytesOf(chunks);
    if (bytes > MOST_CHUNK_BYTES) throw new AppError('dataset-too-big', `${String(bytes)} bytes`);
    const key = `${this.#url} ${String(at.start)} ${column}`;
    const span = { start: at.start, end: at.start + at.rows, metadata };
    const cells = await this.#cache.columns.get(
      key,
      asking.signal,
      () => this.#read(column, span, asking),
      () => bytes,
    );
    return cells[row - at.start];
  }

  /** Bytes that reading these rows (ascending) of a column fetches, about. */
  async cost(column: string, rows: readonly number[], asking: Asking): Promise<number> {
    const metadata = await this.metadata(asking);
    const counts = new Map<RowGroup, number>();
    for (const row of rows) {
      const { group } = groupAt(metadata, row);
      counts.set(group, (counts.get(group) ?? 0) + 1);
    }
    let total = 0;
    for (const [group, count] of counts) {
      const chunks = chunksOf(group, column);
      const bytes = bytesOf(chunks);
      total += chunks.every(isCheapToEnter) ? (bytes / Number(group.num_rows)) * count : bytes;
    }
    return Math.round(total);
  }

  async #read(
    column: string,
    { start, end, metadata }: { start: number; end: number; metadata: FileMetaData },
    asking: Asking,
  ): Promise<readonly unknown[]> {
    const rows = await readable(() =>
      parquetReadObjects({
        file: this.#buffer(asking),
        metadata,
        columns: [column],
        rowStart: start,
        rowEnd: end,
        compressors,
        // Bytes of pictures are no text.
        utf8: false,
        useOffsetIndex: true,
      }),
    );
    return rows.map((row) => row[column] as unknown);
  }

  #buffer(asking: Asking): AsyncBuffer {
    const total = this.#bytes;
    return {
      byteLength: total,
      slice: (start, end = total) => {
        const fetched = async () => {
          const bytes = await askBytes(this.#url, { start, end, total }, asking);
          return bytes.buffer as ArrayBuffer;
        };
        // Whole chunks are kept decoded: not twice.
        if (end - start > KEPT_SLICE_BYTES / 4) return fetched();
        const key = `${this.#url} ${String(start)}-${String(end)}`;
        return this.#cache.slices.get(key, asking.signal, fetched, ({ byteLength }) => byteLength);
      },
    };
  }
}

function groupAt({ row_groups: groups }: FileMetaData, row: number): GroupAt {
  let start = 0;
  for (const group of groups) {
    const rows = Number(group.num_rows);
    if (row < start + rows) return { group, start, rows };
    start += rows;
  }
  throw new AppError('row-empty', `row ${String(row)} of ${String(start)}`);
}

/** The leaves of a column in a row group. @throws AppError `parquet-codec`, `dataset-part-missing` */
function chunksOf({ columns }: RowGroup, column: string): readonly ColumnChunk[] {
  const chunks = columns.filter(({ meta_data: meta }) => meta?.path_in_schema[0] === column);
  if (chunks.length === 0) throw new AppError('dataset-part-missing', `column ${column}`);
  for (const { meta_data: meta } of chunks) {
    const codec = meta?.codec as string | undefined;
    const isKnown =
      codec === 'UNCOMPRESSED' ||
      codec === 'SNAPPY' ||
      (codec !== undefined && codec in compressors);
    if (!isKnown) throw new AppError('parquet-codec', codec ?? 'unknown');
  }
  return chunks;
}

/** Its pages can be found without what is before them, or it is small. */
function isCheapToEnter({
  meta_data: meta,
  offset_index_offset: offset,
  offset_index_length: length,
}: ColumnChunk): boolean {
  if (offset !== undefined && (length ?? 0) > 0) return true;
  return Number(meta?.total_compressed_size ?? 0) <= SMALL_CHUNK_BYTES;
}

function bytesOf(chunks: readonly ColumnChunk[]): number {
  return chunks.reduce(
    (sum, { meta_data }) => sum + Number(meta_data?.total_compressed_size ?? 0),
    0,
  );
}

/** What the library throws as an error with a code. */
async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const code = /unsupported compression/iu.test(message) ? 'parquet-codec' : 'dataset-unreadable';
    throw new AppError(code, message, { cause: error });
  }
}
