import { png } from './png';

/** A picture in a cell, as parquet files hold it, and what the viewer makes of it. */
export interface Picture {
  kind: 'picture';
  width: number;
  height: number;
  bytes: Uint8Array;
  /** Its file name when it was put in. */
  path: string;
  /** Re-encoded by the viewer. */
  copy: Uint8Array;
}

/** As in the `datasets` library: `{"_type": "Image"}`, `{"_type": "Value", "dtype": "string"}` and the like. */
export interface Feature {
  name: string;
  type: unknown;
}

/** The rows of one split of one configuration. */
export interface Table {
  config: string;
  split: string;
  features: readonly Feature[];
  rows: number;
  /** By the features' names. */
  row: (index: number) => Readonly<Record<string, unknown>>;
}

/** What the dataset viewer knows of a dataset. */
export interface ViewerDataset {
  id: string;
  tables: readonly Table[];
  /** What `/is-valid` says; all but search by default. */
  valid?: Partial<Record<'preview' | 'viewer' | 'search' | 'filter' | 'statistics', boolean>>;
  /** Bytes of the parquet files by `CONFIG/SPLIT`. */
  parquetBytes?: Readonly<Record<string, number>>;
}

export const IMAGE: unknown = { _type: 'Image' };
export const STRING: unknown = { _type: 'Value', dtype: 'string' };
export const INT: unknown = { _type: 'Value', dtype: 'int64' };

export interface PictureOptions {
  fillTo?: number;
  width?: number;
  height?: number;
  copyBytes?: number;
}

/** The same picture for the same seed; the original can be larger than the copy. */
export function picture(seed: number, options: PictureOptions = {}): Picture {
  const { width = 96, height = 48, fillTo = 0, copyBytes = 0 } = options;
  return {
    kind: 'picture',
    width,
    height,
    path: `${String(seed).padStart(4, '0')}.png`,
    bytes: png({ seed, width, height, fillTo }),
    copy: png({ seed, width, height, fillTo: copyBytes, comment: 'by the viewer' }),
  };
}

export function isPicture(cell: unknown): cell is Picture {
  return typeof cell === 'object' && cell !== null && 'kind' in cell && cell.kind === 'picture';
}
