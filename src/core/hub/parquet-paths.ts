/** A parquet file of a repository, and the config and split whose rows it has. */
export interface ParquetPath {
  readonly config: string;
  readonly split: string;
  readonly path: string;
  readonly bytes: number;
}

interface FileInfo {
  readonly path: string;
  readonly bytes: number;
}

/** Names of splits that the `datasets` library finds in file names, and what it calls them. */
const SPLITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:train|training)$/iu, 'train'],
  [/^(?:validation|valid|val|dev)$/iu, 'validation'],
  [/^(?:test|testing|eval|evaluation)$/iu, 'test'],
];

/** Under `refs/convert/parquet`: `CONFIG/SPLIT/0000.parquet`, `CONFIG/partial-SPLIT/…` where only the first rows were made. */
export function convertedFiles(files: readonly FileInfo[]): readonly ParquetPath[] {
  return inOrder(files).flatMap(({ path, bytes }) => {
    const [config, folder, name] = path.split('/');
    if (config === undefined || folder === undefined || name === undefined) return [];
    return [{ config, split: folder.replace(/^partial-/u, ''), path, bytes }];
  });
}

/**
 * In a repository as people make them: the split is in the file's name (`train-00000-of-00004.parquet`) or its folder's, the
 * config is the folder (`default` for `data` and none); without either all rows are `train` (datasets, data_files.py).
 */
export function repositoryFiles(files: readonly FileInfo[]): readonly ParquetPath[] {
  return inOrder(files).map(({ path, bytes }) => {
    const folders = path.split('/').slice(0, -1);
    const stem = (path.split('/').at(-1) ?? '').replace(/\.parquet$/iu, '');
    const name = stem.replace(/[-_.]?\d+(?:-of-\d+)?(?:-[\da-f]{8,})?$/iu, '');
    const inFolder = splitOf(folders.at(-1) ?? '');
    const split = splitOf(name) ?? inFolder ?? 'train';
    const rest =
      inFolder !== undefined && splitOf(name) === undefined ? folders.slice(0, -1) : folders;
    const config = rest.filter((folder) => folder !== 'data').join('/');
    return { config: config === '' ? 'default' : config, split, path, bytes };
  });
}

/** Those of each config and split, in the order in which their rows are counted. */
export function byPart(files: readonly ParquetPath[]): readonly (readonly ParquetPath[])[] {
  const parts = new Map<string, ParquetPath[]>();
  for (const file of files) {
    const key = JSON.stringify([file.config, file.split]);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [file]);
    else part.push(file);
  }
  return [...parts.values()];
}

function splitOf(text: string): string | undefined {
  return SPLITS.find(([name]) => name.test(text))?.[1];
}

function inOrder(files: readonly FileInfo[]): readonly FileInfo[] {
  const paths = files.filter(({ path }) => /\.parquet$/iu.test(path));
  return paths.sort((a, b) => (a.path < b.path ? -1 : 1));
}
