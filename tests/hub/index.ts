/** A local server that speaks the Hugging Face Hub's protocol; README.md says what it does and how to use it. */
export type { TokenGrant } from './access';
export type { Fault, FaultKind } from './faults';
export { bytesContent, sha256Of, type Content, type FileSource } from './repo/content';
export {
  IMAGE,
  INT,
  isPicture,
  picture,
  STRING,
  type Table,
  type ViewerDataset,
} from './datasets/table';
export { buildDataset, type BuiltDataset, type DatasetOptions } from './datasets/dataset';
export { png } from './datasets/png';
export {
  CRPE,
  crpeDataset,
  PANORAMA,
  PANORAMA_BYTES_PER_ROW,
  panoramaDataset,
  panoramaTable,
} from './datasets/presets';
export { tableParquet, writeTable, type ParquetOptions } from './datasets/parquet';
export { folderFiles } from './repo/folder';
export { HUB_GITATTRIBUTES, HUB_PATTERNS } from './repo/lfs-rules';
export { buildRepo, Repo, type RepoOptions } from './repo/repo';
export { sparse } from './repo/sparse';
export { startHub, type Hub, type HubOptions } from './server';
export type { SiteName, Stage } from './subject';
export type { RequestRecord, TrafficFilter, TrafficTotals } from './traffic';
