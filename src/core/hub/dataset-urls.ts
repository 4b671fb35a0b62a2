import { encodePath } from './urls';

/** Addresses of datasets on the Hub and of its viewer. Nothing secret is ever part of one. */

/** Where the Hub keeps the parquet files that it makes of datasets. */
export const PARQUET_REVISION = 'refs/convert/parquet';

/** The dataset at a revision: its commit, licence, tags. */
export function datasetInfoUrl(endpoint: string, dataset: string, revision: string): string {
  return `${endpoint}/api/datasets/${dataset}/revision/${encodeURIComponent(revision)}`;
}

/** All files of a commit, or those below a folder, a page at a time. */
export function datasetTreeUrl(
  endpoint: string,
  { dataset, revision, folder = '' }: DatasetFolder,
  cursor?: string,
): string {
  const query = new URLSearchParams({ recursive: 'true', expand: 'false' });
  if (cursor !== undefined) query.set('cursor', cursor);
  const path = folder === '' ? '' : `/${encodePath(folder)}`;
  return `${endpoint}/api/datasets/${dataset}/tree/${encodeURIComponent(revision)}${path}?${query.toString()}`;
}

export interface DatasetFolder {
  readonly dataset: string;
  readonly revision: string;
  /** Empty for the whole repository. */
  readonly folder?: string;
}

export function datasetFileUrl(
  endpoint: string,
  {
    dataset,
    revision,
    path,
  }: { readonly dataset: string; readonly revision: string; readonly path: string },
): string {
  return `${endpoint}/datasets/${dataset}/resolve/${encodeURIComponent(revision)}/${encodePath(path)}`;
}

/** An endpoint of the dataset viewer, such as `rows`. */
export function viewerUrl(
  viewer: string,
  endpoint: string,
  parameters: Readonly<Record<string, string | number>>,
): string {
  const query = new URLSearchParams(
    Object.entries(parameters).map(([name, value]) => [name, String(value)]),
  );
  return `${viewer}/${endpoint}?${query.toString()}`;
}
