import type { DatasetColumn } from '../../../src/core/datasets';
import { AppError } from '../../../src/core/errors';
import { datasetFileUrl } from '../../../src/core/hub/dataset-urls';
import type { ParquetPath } from '../../../src/core/hub/parquet-paths';
import type { Asking } from './ask';
import { parquetColumns } from './parquet-columns';
import { ParquetFile, type ParquetCache } from './parquet-file';

/** Files whose ends are read together. */
const AT_ONCE = 4;

/** The rows of a config and split, which lie in one parquet file after the other. All throw AppError with a code of datasets. */
export class ParquetPart {
  readonly config: string;
  readonly split: string;
  readonly bytes: number;
  readonly #files: readonly ParquetFile[];

  constructor(
    paths: readonly ParquetPath[],
    from: { readonly endpoint: string; readonly dataset: string; readonly revision: string },
    cache: ParquetCache,
  ) {
    this.config = paths[0]?.config ?? '';
    this.split = paths[0]?.split ?? '';
    this.bytes = paths.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#files = paths.map(
      ({ path, bytes }) =>
        new ParquetFile(datasetFileUrl(from.endpoint, { ...from, path }), bytes, cache),
    );
  }

  async columns(asking: Asking): Promise<readonly DatasetColumn[]> {
    const [first] = this.#files;
    return first === undefined ? [] : parquetColumns(await first.metadata(asking));
  }

  async rowCount(asking: Asking): Promise<number> {
    const counts = await this.#counts(this.#files.length, asking);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** @throws AppError `row-empty` where there is no such row */
  async cell(column: string, row: number, asking: Asking): Promise<unknown> {
    const { file, start } = await this.#fileOf(row, asking);
    return file.cell(column, row - start, asking);
  }

  /** Bytes that reading a column of these rows fetches, about. */
  async cost(column: string, rows: readonly number[], asking: Asking): Promise<number> {
    const byFile = new Map<ParquetFile, number[]>();
    for (const row of rows) {
      const { file, start } = await this.#fileOf(row, asking);
      byFile.set(file, [...(byFile.get(file) ?? []), row - start]);
    }
    let total = 0;
    for (const [file, own] of byFile) total += await file.cost(column, own, asking);
    return total;
  }

  /** Ends of files are read as far as they are needed to find the row. */
  async #fileOf(row: number, asking: Asking): Promise<{ file: ParquetFile; start: number }> {
    let start = 0;
    for (let first = 0; first < this.#files.length; first += AT_ONCE) {
      const files = this.#files.slice(first, first + AT_ONCE);
      const counts = await Promise.all(files.map((file) => file.rowCount(asking)));
      for (const [place, file] of files.entries()) {
        const count = counts[place] ?? 0;
        if (row < start + count) return { file, start };
        start += count;
      }
    }
    throw new AppError('row-empty', `row ${String(row)} of ${String(start)}`);
  }

  async #counts(most: number, asking: Asking): Promise<readonly number[]> {
    const counts: number[] = [];
    for (let first = 0; first < most; first += AT_ONCE) {
      const files = this.#files.slice(first, first + AT_ONCE);
      counts.push(...(await Promise.all(files.map((file) => file.rowCount(asking)))));
    }
    return counts;
  }
}
