import type { DatasetPlace } from './dataset-place';
import type { ErrorData } from './errors';
import type { Licence } from './hub/answers';

/** What a column holds, as far as pictures and their captions are concerned. */
export type ColumnKind = 'image' | 'images' | 'nested-images' | 'text' | 'texts' | 'other';

export interface DatasetColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/**
 * How rows are read: from the dataset viewer; from its preview of the first rows; from parquet files by Range; or there are no
 * rows, only picture files in the repository.
 */
export type DatasetRoute = 'viewer' | 'preview' | 'parquet' | 'files';

/** Named by config and split; for picture files the split is the folder they are in, empty for all. */
export interface DatasetPart {
  readonly config: string;
  readonly split: string;
  /** Number of rows, or of picture files, where it is known. */
  readonly rows?: number;
  /** Size of the parquet files, or of the pictures. */
  readonly bytes?: number;
}

/** A dataset of the Hub at one commit. */
export interface DatasetReport {
  /** As the Hub writes it now. */
  readonly dataset: string;
  /** Full commit id. */
  readonly revision: string;
  readonly licence: Licence | null;
  readonly route: DatasetRoute;
  readonly canSearch: boolean;
  readonly parts: readonly DatasetPart[];
  /** Why the viewer is not used, where it was asked. */
  readonly viewerTrouble?: ErrorData;
}

/** Which rows are meant, and how they are read. */
export interface PartRef {
  readonly dataset: string;
  readonly revision: string;
  readonly route: DatasetRoute;
  readonly config: string;
  readonly split: string;
}

/** A part that was looked into. */
export interface PartReport {
  /** Another one than was asked for, where that failed. */
  readonly route: DatasetRoute;
  readonly columns: readonly DatasetColumn[];
  readonly rows: number | null;
  readonly bytes: number | null;
}

/** The viewer's copies are re-encoded as JPEG or PNG and smaller; originals come from parquet files or the repository. */
export type PictureBytes = 'copies' | 'originals';

/** What of each row becomes a picture. */
export interface PictureColumns {
  /** Empty for picture files. */
  readonly image: string;
  readonly caption: string | null;
  readonly bytes: PictureBytes;
}

/** A picture of a row, whose bytes have not been read yet. */
export interface DatasetPicture {
  readonly place: DatasetPlace;
  readonly name: string;
  readonly caption?: string;
  /** There is none: the cell is empty, or broken. */
  readonly error?: ErrorData;
}

/** The source key of an image of a dataset: the same however it is read. */
export function placeKey(place: DatasetPlace): string {
  const { dataset, revision } = place;
  const parts =
    place.kind === 'row'
      ? [place.config, place.split, String(place.row), place.column, place.index]
      : [place.path, place.entry];
  const path = parts.flatMap((part) => (part === undefined ? [] : [encodeURIComponent(part)]));
  return `dataset:${dataset}@${revision}:${place.kind}:${path.join('/')}`;
}

/** `train/12`, and which of its pictures where a row has several; the name of a file. */
export function placeName(place: DatasetPlace): string {
  if (place.kind === 'file') return place.path.slice(place.path.lastIndexOf('/') + 1);
  const row = `${place.split}/${String(place.row)}`;
  return place.index === undefined ? row : `${row} (${String(place.index + 1)})`;
}
