import { createSHA256 } from 'hash-wasm';
import { placeKey } from '../../../src/core/datasets';
import type { DatasetPlace } from '../../../src/core/dataset-place';
import { AppError, isAbort, toErrorData, type ErrorCode } from '../../../src/core/errors';
import { judgePictureRefusal } from '../../../src/core/hub/dataset-refusal';
import { datasetFileUrl } from '../../../src/core/hub/dataset-urls';
import { pictureAddress } from '../../../src/core/hub/viewer-answers';
import { askBlob, type Asking } from './ask';
import { Kept } from './kept';
import { found, type Library } from './library';
import type { ParquetPart } from './parquet-part';
import type { Sources } from './rows';
import { PREVIEW_ROWS, Viewer, type ViewerRow } from './viewer';

/** Several models look at one picture: it is fetched once. */
const KEPT_BYTES = 64 * 1024 * 1024;
/** Rows whose addresses are asked for together: their turn comes next. */
const ROWS_TOGETHER = 10;

type RowPlace = Extract<DatasetPlace, { kind: 'row' }>;
type Way = () => Promise<Blob>;

/** Finds the bytes of a picture again. */
export class PictureBytes {
  readonly #library: Library;
  readonly #sources: Sources;
  readonly #kept = new Kept<Blob>(KEPT_BYTES);

  constructor(library: Library, sources: Sources) {
    this.#library = library;
    this.#sources = sources;
  }

  /**
   * @param sha256 of the picture when it was added: told apart by it where the dataset has changed since
   * @throws AppError with a code of datasets, `row-empty`, `row-broken`, `parquet-codec`
   */
  read(place: DatasetPlace, sha256: string | undefined, asking: Asking): Promise<Blob> {
    const isCopy = place.kind === 'row' && place.isCopy === true;
    const key = `${asking.access.endpoint} ${String(isCopy)} ${placeKey(place)}`;
    return this.#kept.get(
      key,
      asking.signal,
      () => (place.kind === 'file' ? this.#file(place, asking) : this.#row(place, sha256, asking)),
      ({ size }) => size,
    );
  }

  #file(place: Extract<DatasetPlace, { kind: 'file' }>, asking: Asking): Promise<Blob> {
    return askBlob(datasetFileUrl(asking.access.endpoint, place), asking).then(({ blob }) => blob);
  }

  /** By the way that it was added by, else by any other. */
  async #row(place: RowPlace, sha256: string | undefined, asking: Asking): Promise<Blob> {
    const isCurrent = await this.#library.isCurrent(place, asking);
    const viewer: Way = () => this.#fromViewer(place, asking);
    const converted: Way = async () => {
      const parts = await this.#library.converted(place, asking);
      return this.#fromParquet(found(parts, place.config, place.split), place, asking);
    };
    const own: Way = async () => {
      const parts = await this.#library.own(place, '', asking);
      return this.#fromParquet(found(parts, place.config, place.split), place, asking);
    };
    // A file of the repository at that very commit is right whatever has changed since.
    const originals = isCurrent ? [converted, own] : [own, converted];
    const ways = place.isCopy === true ? [viewer, ...originals] : [...originals, viewer];
    let first: unknown;
    let hasChanged = false;
    for (const way of ways) {
      try {
        const blob = await way();
        const isRight = isCurrent || way === own || sha256 === undefined;
        if (isRight || (await hashOf(blob)) === sha256) return blob;
        hasChanged = true;
      } catch (error) {
        if (isAbort(error)) throw error;
        first = moreTelling(first, error);
      }
    }
    if (hasChanged) throw new AppError('dataset-changed', placeKey(place));
    throw first;
  }

  /** An address that has expired is asked for again, once. */
  async #fromViewer(place: RowPlace, asking: Asking): Promise<Blob> {
    const before = this.#sources.get(place);
    if (before !== undefined) {
      try {
        return await this.#fetch(before, asking);
      } catch (error) {
        if (toErrorData(error).code !== 'row-broken') throw error;
        this.#sources.delete(place);
      }
    }
    return this.#fetch(await this.#askAddress(place, asking), asking);
  }

  async #askAddress(place: RowPlace, asking: Asking): Promise<string> {
    const first = place.row - (place.row % ROWS_TOGETHER);
    const wanted = Array.from({ length: ROWS_TOGETHER }, (_, step) => first + step);
    const rows = await this.#rowsNear(place, wanted, asking);
    for (const { row_idx: row, row: cells } of rows) {
      const cell = cells[place.column];
      const items: readonly unknown[] = Array.isArray(cell) ? (cell as unknown[]) : [cell];
      for (const [index, item] of items.entries()) {
        const address = pictureAddress(item);
        const at = { ...place, row, ...(Array.isArray(cell) ? { index } : {}) };
        if (typeof address === 'string') this.#sources.set(at, address);
      }
    }
    const address = this.#sources.get(place);
    if (address === undefined) throw new AppError('row-empty', placeKey(place));
    return address;
  }

  /** Where the viewer has but a preview, or rows are too big for it, it may still show the first ones. */
  async #rowsNear(
    place: RowPlace,
    wanted: readonly number[],
    asking: Asking,
  ): Promise<readonly ViewerRow[]> {
    const viewer = new Viewer(asking);
    try {
      return await viewer.rows(place, wanted);
    } catch (error) {
      if (isAbort(error) || place.row >= PREVIEW_ROWS) throw error;
      return viewer.firstRows(place).then(
        ({ rows }) => rows,
        () => Promise.reject(error as Error),
      );
    }
  }

  /** The token goes along only to the Hub itself, which some rows point to: those are signed by nobody. */
  async #fetch(address: string, asking: Asking): Promise<Blob> {
    const withToken = address.startsWith(`${asking.access.endpoint}/datasets/`);
    const judge = withToken ? {} : { judge: judgePictureRefusal };
    return (await askBlob(address, asking, { withToken, ...judge })).blob;
  }

  async #fromParquet(part: ParquetPart, place: RowPlace, asking: Asking): Promise<Blob> {
    const cell = await part.cell(place.column, place.row, asking);
    const item: unknown =
      place.index === undefined
        ? cell
        : Array.isArray(cell)
          ? (cell as unknown[])[place.index]
          : null;
    if (item === null || item === undefined) throw new AppError('row-empty', placeKey(place));
    const { bytes, path } = item as { bytes?: unknown; path?: unknown };
    if (bytes instanceof Uint8Array && bytes.byteLength > 0)
      return new Blob([bytes as Uint8Array<ArrayBuffer>]);
    if (typeof path !== 'string' || path === '') throw new AppError('row-empty', placeKey(place));
    const url = fileOf(path, place, asking.access.endpoint);
    if (url === undefined) throw new AppError('row-broken', `${placeKey(place)}: ${path}`);
    return (await askBlob(url, asking)).blob;
  }
}

/** A cell without bytes may name a file: of this dataset, as `hf://datasets/ID@REV/PATH`. */
function fileOf(path: string, { dataset }: RowPlace, endpoint: string): string | undefined {
  const named = /^hf:\/\/datasets\/(.+?)@([^/]+)\/(.+)$/u.exec(path);
  const [, id, revision, file] = named ?? [];
  if (id !== dataset || revision === undefined || file === undefined) return undefined;
  return datasetFileUrl(endpoint, { dataset, revision, path: file });
}

/** That there is no such split in one place says nothing, where another place has failed. */
const SAYS_NOTHING: readonly ErrorCode[] = ['dataset-part-missing', 'dataset-viewer-disabled'];

function moreTelling(first: unknown, second: unknown): unknown {
  if (first === undefined) return second;
  return SAYS_NOTHING.includes(toErrorData(first).code) ? second : first;
}

async function hashOf(blob: Blob): Promise<string> {
  const hash = await createSHA256();
  hash.update(new Uint8Array(await blob.arrayBuffer()));
  return hash.digest('hex');
}
