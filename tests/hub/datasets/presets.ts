import { buildDataset, type BuiltDataset } from './dataset';
import { IMAGE, picture, STRING, type Table } from './table';

export const PANORAMA = 'gokaygokay/panorama_hdr_dataset';
export const CRPE = 'OpenGVLab/CRPE';

/** What the stored page of the dataset says: bytes of its four files, 1,583,638,445 in all. */
export const PANORAMA_BYTES_PER_ROW = 2_670_554;

export interface PanoramaOptions {
  rows?: number;
  /** Of a picture; the real ones are of 2.67 MB. */
  rowBytes?: number;
  copyBytes?: number;
}

/** The rows of gokaygokay/panorama_hdr_dataset: `png_image`, and three captions of different length. */
export function panoramaTable(options: PanoramaOptions = {}): Table {
  const { rows = 593, rowBytes = 0, copyBytes = 0 } = options;
  return {
    config: 'default',
    split: 'train',
    features: [
      { name: 'png_image', type: IMAGE },
      ...[1, 2, 3].map((mode) => ({ name: `detail_mode${mode}`, type: STRING })),
    ],
    rows,
    row: (index) => ({
      get png_image() {
        return picture(index, { fillTo: rowBytes, copyBytes });
      },
      detail_mode1: `A panorama, number ${index}.`,
      detail_mode2: `The image shows a panorama of a ${index % 2 === 0 ? 'forest' : 'city'}, number ${index}.`,
      detail_mode3: `The image is a 360-degree panorama of a ${index % 2 === 0 ? 'forest' : 'city'}. It is number ${index}.`,
    }),
  };
}

/** gokaygokay/panorama_hdr_dataset: 593 rows in four parquet files, which are also those of refs/convert/parquet. */
export function panoramaDataset(
  options: PanoramaOptions & { pageIndex?: boolean } = {},
): Promise<BuiltDataset> {
  const { pageIndex = false } = options;
  const repo = { license: 'apache-2.0' };
  return buildDataset(PANORAMA, [panoramaTable(options)], { shards: 4, pageIndex, repo });
}

/** OpenGVLab/CRPE: a folder of pictures beside JSON lines; the viewer has 544 rows of one column, and no search. */
export function crpeDataset(rows = 544): Promise<BuiltDataset> {
  const name = (index: number) => `abnormal_images/${String(index).padStart(6, '0')}.jpg`;
  const pictures = Array.from({ length: rows }, (_, index) => picture(20_000 + index));
  const lines = pictures.map((_, index) =>
    JSON.stringify({ question_id: index, image: name(index), text: 'What is in the picture?' }),
  );
  const table: Table = {
    config: 'default',
    split: 'train',
    features: [{ name: 'image', type: IMAGE }],
    rows,
    row: (index) => ({ image: pictures[index] }),
  };
  const files = {
    ...Object.fromEntries(pictures.map(({ bytes }, index) => [name(index), bytes])),
    'crpe_exist.jsonl': `${lines.join('\n')}\n`,
    'README.md': '---\nlicense: apache-2.0\n---\n# CRPE\n',
  };
  const valid = { search: false, filter: false, statistics: false };
  return buildDataset(CRPE, [table], { files, valid, repo: { license: 'apache-2.0' } });
}
