import Papa from 'papaparse';
import type { DatasetColumn, DatasetPicture } from '../../../src/core/datasets';
import { placeName } from '../../../src/core/datasets';
import { datasetFileUrl } from '../../../src/core/hub/dataset-urls';
import {
  metadataFiles,
  picturesIn,
  PictureTexts,
  type RepositoryFile,
} from '../../../src/core/hub/picture-files';
import { askText, type Asking } from './ask';

/** More of them are captions of something else. */
const MOST_METADATA_FILES = 50;

/** The picture files of a folder, with the captions of the metadata files beside them. */
export class PicturePart {
  readonly #from: { readonly dataset: string; readonly revision: string };
  readonly #files: readonly RepositoryFile[];
  readonly #pictures: readonly RepositoryFile[];
  #texts: Promise<PictureTexts> | undefined;

  constructor(
    from: { readonly dataset: string; readonly revision: string },
    files: readonly RepositoryFile[],
    folder: string,
  ) {
    this.#from = from;
    this.#files = files;
    this.#pictures = picturesIn(files, folder);
  }

  get rows(): number {
    return this.#pictures.length;
  }

  get bytes(): number {
    return this.#pictures.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** @throws AppError with a code of datasets */
  async columns(asking: Asking): Promise<readonly DatasetColumn[]> {
    const { columns } = await this.#read(asking);
    return [
      { name: '', kind: 'image' },
      ...columns.map((name) => ({ name, kind: 'text' }) as const),
    ];
  }

  /** @throws AppError with a code of datasets */
  async pictures(
    rows: readonly number[],
    caption: string | null,
    asking: Asking,
  ): Promise<readonly DatasetPicture[]> {
    const texts = caption === null ? undefined : await this.#read(asking);
    return rows.flatMap((row) => {
      const file = this.#pictures[row];
      if (file === undefined) return [];
      const place = { kind: 'file', ...this.#from, path: file.path } as const;
      const text = caption === null ? undefined : texts?.of(file.path, caption);
      return [{ place, name: placeName(place), ...(text === undefined ? {} : { caption: text }) }];
    });
  }

  cost(rows: readonly number[]): number {
    return rows.reduce((sum, row) => sum + (this.#pictures[row]?.bytes ?? 0), 0);
  }

  /** A metadata file that can't be read leaves its pictures without captions: they are still pictures. */
  #read(asking: Asking): Promise<PictureTexts> {
    this.#texts ??= this.#readTexts(asking).catch((error: unknown) => {
      this.#texts = undefined;
      throw error;
    });
    return this.#texts;
  }

  async #readTexts(asking: Asking): Promise<PictureTexts> {
    const texts = new PictureTexts();
    for (const { path } of metadataFiles(this.#files).slice(0, MOST_METADATA_FILES)) {
      const url = datasetFileUrl(asking.access.endpoint, { ...this.#from, path });
      const { value } = await askText(url, asking);
      const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      for (const row of /\.csv$/iu.test(path) ? csvRows(value) : jsonRows(value))
        texts.add(folder, row);
    }
    return texts;
  }
}

function csvRows(text: string): readonly unknown[] {
  return Papa.parse<unknown>(text, { header: true, skipEmptyLines: true }).data;
}

function* jsonRows(text: string): Generator {
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    try {
      yield JSON.parse(line) as unknown;
    } catch {
      // One line that is broken takes only its own caption away.
    }
  }
}
