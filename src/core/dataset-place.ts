/**
 * Where one image of a Hugging Face dataset is found again, at one revision (a full commit id). Its address is signed and
 * expires within the hour, so that is never kept.
 */
export type DatasetPlace =
  /** A cell of the table; `index` where the cell is a list of images. */
  | {
      readonly kind: 'row';
      readonly dataset: string;
      readonly revision: string;
      readonly config: string;
      readonly split: string;
      /** 0-based, of the split. */
      readonly row: number;
      readonly column: string;
      readonly index?: number;
      /** The viewer's re-encoded copy was taken, not the original: the bytes to be found again. */
      readonly isCopy?: true;
    }
  /** A file of the repository; `entry` where it is a ZIP. */
  | {
      readonly kind: 'file';
      readonly dataset: string;
      readonly revision: string;
      readonly path: string;
      readonly entry?: string;
    };
