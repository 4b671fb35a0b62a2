import {
  placeKey,
  placeName,
  type DatasetPicture,
  type DatasetRoute,
  type PartRef,
  type PictureColumns,
} from '../../../src/core/datasets';
import type { DatasetPlace } from '../../../src/core/dataset-place';
import { AppError, isAbort, toErrorData, type ErrorData } from '../../../src/core/errors';
import { captionOf } from '../../../src/core/hub/features';
import { pictureAddress, type ViewerRows } from '../../../src/core/hub/viewer-answers';
import type { Asking } from './ask';
import type { Library } from './library';
import { Viewer, type ViewerRow } from './viewer';

/** Signed addresses of the viewer's pictures; good for an hour, so they are of this worker alone. */
const MOST_SOURCES = 20_000;

/** Where the pictures of rows are, as the viewer said it last. */
export class Sources {
  readonly #byKey = new Map<string, string>();

  get(place: DatasetPlace): string | undefined {
    return this.#byKey.get(placeKey(place));
  }

  set(place: DatasetPlace, address: string): void {
    const key = placeKey(place);
    this.#byKey.delete(key);
    this.#byKey.set(key, address);
    const [oldest] = this.#byKey.keys();
    if (this.#byKey.size > MOST_SOURCES && oldest !== undefined) this.#byKey.delete(oldest);
  }

  delete(place: DatasetPlace): void {
    this.#byKey.delete(placeKey(place));
  }
}

/** Lists the pictures of rows. All throw AppError with a code of datasets. */
export class RowReader {
  readonly #library: Library;
  readonly #sources: Sources;

  constructor(library: Library, sources: Sources) {
    this.#library = library;
    this.#sources = sources;
  }

  /** @param rows ascending */
  async pictures(
    part: PartRef,
    rows: readonly number[],
    columns: PictureColumns,
    asking: Asking,
  ): Promise<readonly DatasetPicture[]> {
    if (part.route === 'files') {
      const pictures = await this.#library.picturePart(part, part.split, asking);
      return pictures.pictures(rows, columns.caption, asking);
    }
    if (part.route === 'parquet') return this.#fromParquet(part, rows, columns, asking);
    try {
      const found = await this.#viewerRows(part, rows, asking);
      return found.flatMap((row) => this.#ofRow(part, row, columns));
    } catch (error) {
      if (isAbort(error)) throw error;
      return this.#fromParquet(part, rows, columns, asking).catch((second: unknown) => {
        throw isAbort(second) ? second : error;
      });
    }
  }

  /** Pictures of rows that have the words, and how many such rows there are. */
  async search(
    part: PartRef,
    { query, offset, length }: { query: string; offset: number; length: number },
    columns: PictureColumns,
    asking: Asking,
  ): Promise<{ readonly total: number; readonly pictures: readonly DatasetPicture[] }> {
    const answer: ViewerRows = await new Viewer(asking).search(part, query, offset, length);
    return {
      total: answer.num_rows_total ?? answer.rows.length,
      pictures: answer.rows.flatMap((row) => this.#ofRow(part, row, columns)),
    };
  }

  async #viewerRows(
    part: PartRef,
    rows: readonly number[],
    asking: Asking,
  ): Promise<readonly ViewerRow[]> {
    const viewer = new Viewer(asking);
    if (part.route === 'viewer') return viewer.rows(part, rows);
    const wanted = new Set(rows);
    const first = await viewer.firstRows(part);
    return first.rows.filter(({ row_idx: row }) => wanted.has(row));
  }

  #ofRow(part: PartRef, row: ViewerRow, columns: PictureColumns): readonly DatasetPicture[] {
    const cell = row.row[columns.image];
    const caption = columns.caption === null ? undefined : captionOf(row.row[columns.caption]);
    const place = placeOf(part, row.row_idx, columns);
    if (!Array.isArray(cell)) return [this.#asPicture(place, cell, caption)];
    const cells = cell as readonly unknown[];
    if (cells.length === 0) return [asRefused(place, 'row-empty')];
    return cells.map((each, index) => this.#asPicture({ ...place, index }, each, caption));
  }

  #asPicture(place: DatasetPlace, cell: unknown, caption: string | undefined): DatasetPicture {
    const address = pictureAddress(cell);
    if (address === null) return asRefused(place, 'row-empty');
    if (address === undefined) return asRefused(place, 'row-broken');
    this.#sources.set(place, address);
    return { place, name: placeName(place), ...(caption === undefined ? {} : { caption }) };
  }

  /** Only captions are read, and how many pictures each row of a list has: the pictures themselves when their turn comes. */
  async #fromParquet(
    part: PartRef,
    rows: readonly number[],
    columns: PictureColumns,
    asking: Asking,
  ): Promise<readonly DatasetPicture[]> {
    const parquet = await this.#library.parquetPart(part, asking);
    const kind = (await parquet.columns(asking)).find(({ name }) => name === columns.image)?.kind;
    if (kind !== 'image' && kind !== 'images') throw noImages(kind);
    const pictures: DatasetPicture[] = [];
    for (const row of rows) {
      const place = placeOf(part, row, { ...columns, bytes: 'originals' });
      const text =
        columns.caption === null
          ? undefined
          : captionOf(await parquet.cell(columns.caption, row, asking));
      const caption = text === undefined ? {} : { caption: text };
      if (kind === 'image') pictures.push({ place, name: placeName(place), ...caption });
      else {
        const cells = await parquet.cell(columns.image, row, asking);
        const count = Array.isArray(cells) ? cells.length : 0;
        if (count === 0) pictures.push(asRefused(place, 'row-empty'));
        for (let index = 0; index < count; index += 1) {
          const each = { ...place, index };
          pictures.push({ place: each, name: placeName(each), ...caption });
        }
      }
    }
    return pictures;
  }
}

/** @returns the error that says what is there in place of pictures */
export function noImages(kind: string | undefined): AppError {
  return kind === 'nested-images'
    ? new AppError('dataset-nested-images')
    : new AppError('dataset-no-images');
}

function placeOf(
  { dataset, revision, config, split, route }: PartRef,
  row: number,
  { image, bytes }: PictureColumns,
): Extract<DatasetPlace, { kind: 'row' }> {
  const place = { kind: 'row', dataset, revision, config, split, row, column: image } as const;
  return isByViewer(route) && bytes === 'copies' ? { ...place, isCopy: true } : place;
}

const isByViewer = (route: DatasetRoute) => route === 'viewer' || route === 'preview';

function asRefused(place: DatasetPlace, code: 'row-empty' | 'row-broken'): DatasetPicture {
  const error: ErrorData = toErrorData(new AppError(code, placeName(place)));
  return { place, name: placeName(place), error };
}
