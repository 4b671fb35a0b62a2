import type { FileSource } from '../repo/content';
import { HUB_GITATTRIBUTES } from '../repo/lfs-rules';
import { Repo, type RepoOptions } from '../repo/repo';
import { tableParquet, type ParquetOptions } from './parquet';
import type { Table, ViewerDataset } from './table';

export interface DatasetOptions extends Omit<ParquetOptions, 'from' | 'to'> {
  /** On `main`; by default the parquet files themselves, as `data/SPLIT-00000-of-0000N.parquet`. */
  files?: Readonly<Record<string, FileSource>>;
  /** Parquet files of a split. */
  shards?: number;
  /** Whether the Hub has made parquet files of it under `refs/convert/parquet`. */
  converted?: boolean;
  /** What `/is-valid` says; null: the viewer is disabled. */
  valid?: ViewerDataset['valid'] | null;
  repo?: Omit<RepoOptions, 'type'>;
}

/** A dataset as the Hub and its viewer have it. */
export interface BuiltDataset {
  repo: Repo;
  /** Undefined where the viewer is disabled for it. */
  viewer: ViewerDataset | undefined;
}

/** A repository and a viewer with the same rows. */
export async function buildDataset(
  id: string,
  tables: readonly Table[],
  {
    files,
    shards = 1,
    converted = true,
    valid = {},
    repo: options = {},
    ...parquet
  }: DatasetOptions = {},
): Promise<BuiltDataset> {
  const repo = new Repo(id, { lfs: { patterns: ['*.parquet'] }, ...options, type: 'dataset' });
  const main: Record<string, FileSource> = { '.gitattributes': HUB_GITATTRIBUTES, ...files };
  const made: Record<string, FileSource> = {};
  const parquetBytes: Record<string, number> = {};
  for (const table of tables) {
    const { config, split } = table;
    const each = Math.ceil(table.rows / shards);
    for (let shard = 0; shard < shards; shard += 1) {
      const part = { from: shard * each, to: Math.min(table.rows, (shard + 1) * each) };
      const bytes = tableParquet(table, { ...parquet, ...part });
      made[`${config}/${split}/${String(shard).padStart(4, '0')}.parquet`] = bytes;
      const name = `${split}-${String(shard).padStart(5, '0')}-of-${String(shards).padStart(5, '0')}`;
      const folder = config === 'default' ? 'data' : config;
      if (files === undefined) main[`${folder}/${name}.parquet`] = bytes;
      const key = `${config}/${split}`;
      parquetBytes[key] = (parquetBytes[key] ?? 0) + bytes.length;
    }
  }
  await repo.commit(main);
  if (converted && tables.length > 0)
    await repo.commit(made, { branch: 'refs/convert/parquet', title: 'Update parquet files' });
  return { repo, viewer: valid === null ? undefined : { id, tables, valid, parquetBytes } };
}
