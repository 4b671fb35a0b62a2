import type { DatasetRoute } from '../../core/datasets';
import type { ErrorCode } from '../../core/errors';

/** Datasets to begin with. */
export const PRESETS = [
  {
    id: 'gokaygokay/panorama_hdr_dataset',
    name: 'Panoramas',
    note: '593 panoramas, each with three descriptions',
  },
  {
    id: 'OpenGVLab/CRPE',
    name: 'CRPE',
    note: '544 pictures of people and things in odd relations',
  },
] as const;

export const ROUTE_TEXT: Readonly<Record<DatasetRoute, string>> = {
  viewer: 'Read row by row from the Hub’s dataset viewer.',
  preview: 'The Hub shows only the first rows of this dataset.',
  parquet: 'Read from the dataset’s parquet files, only the parts that are needed.',
  files: 'Picture files of the repository.',
};

/** What another token may change. */
export const TOKEN_HELPS: readonly ErrorCode[] = [
  'dataset-not-found',
  'dataset-gated',
  'dataset-token-refused',
  'dataset-token-too-narrow',
  'dataset-busy',
];

/** What passes by itself. */
export const TRYING_HELPS: readonly ErrorCode[] = [
  'dataset-offline',
  'dataset-failing',
  'dataset-not-ready',
  'dataset-busy',
  'dataset-viewer-failing',
];

export const partName = (name: string): string => (name === '' ? 'everything' : name);
