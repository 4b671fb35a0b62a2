import type { DatasetPart, DatasetReport } from '../../../src/core/datasets';
import { AppError, toErrorData, type ErrorData } from '../../../src/core/errors';
import type { RepositoryInfo } from '../../../src/core/hub/answers';
import {
  folderOf,
  hasArchives,
  pictureFolders,
  picturesIn,
} from '../../../src/core/hub/picture-files';
import type { Asking } from './ask';
import type { Library } from './library';
import type { ParquetPart } from './parquet-part';
import { Viewer } from './viewer';

export interface DatasetQuestion {
  readonly dataset: string;
  /** Branch, tag or commit; what the dataset has now where absent. */
  readonly revision?: string;
  /** A file or folder of the repository. */
  readonly path?: string;
}

type Found = Pick<DatasetReport, 'route' | 'parts' | 'canSearch'>;

/** Folders offered to choose from. */
const MOST_FOLDERS = 500;

/**
 * What a dataset has, and how its rows can be read: by the viewer, else from parquet files, else picture files of its repository.
 * A path is looked for in the repository, as is what is not the dataset's newest commit: the viewer knows nothing else.
 * @throws AppError with a code of datasets
 */
export async function lookUpDataset(
  { dataset: asked, revision = 'main', path = '' }: DatasetQuestion,
  library: Library,
  asking: Asking,
): Promise<DatasetReport> {
  const info = await library.info(asked, revision, asking);
  const { repository: dataset, commit, licence } = info;
  const at = { dataset, revision: commit };
  const known = { dataset, revision: commit, licence };
  let trouble: ErrorData | undefined;
  if (path === '' && (revision === 'main' || (await library.isCurrent(at, asking)))) {
    try {
      return { ...known, ...(await byViewer(dataset, asking)) };
    } catch (error) {
      trouble = toErrorData(error);
      throwIfFinal(trouble, info, asking);
    }
    const converted = await library.converted(at, asking);
    if (converted.length > 0) return { ...known, ...byParquet(converted), viewerTrouble: trouble };
  }
  const found = await inRepository(at, path, { library, trouble }, asking);
  return { ...known, ...found, ...(trouble === undefined ? {} : { viewerTrouble: trouble }) };
}

async function byViewer(dataset: string, asking: Asking): Promise<Found> {
  const viewer = new Viewer(asking);
  const valid = await viewer.valid(dataset);
  if (!valid.viewer && !valid.preview)
    throw new AppError('dataset-viewer-disabled', 'neither rows nor a preview');
  const parts = await viewer.parts(dataset);
  if (parts.length === 0) throw new AppError('dataset-viewer-failing', 'no splits');
  return {
    route: valid.viewer ? 'viewer' : 'preview',
    canSearch: valid.viewer && valid.search,
    parts: parts.map(({ config, split, rows, bytes }) => ({
      config,
      split,
      // Of a preview nobody knows how many rows there are.
      ...(rows === null || !valid.viewer ? {} : { rows }),
      ...(bytes === null || bytes === 0 ? {} : { bytes }),
    })),
  };
}

function byParquet(parts: readonly ParquetPart[]): Found {
  return {
    route: 'parquet',
    canSearch: false,
    parts: parts.map(({ config, split, bytes }): DatasetPart => ({ config, split, bytes })),
  };
}

async function inRepository(
  at: { readonly dataset: string; readonly revision: string },
  path: string,
  { library, trouble }: { readonly library: Library; readonly trouble: ErrorData | undefined },
  asking: Asking,
): Promise<Found> {
  const folder = folderOf(path);
  const files = await library.files(at, folder, asking);
  const pictures = picturesIn(files, path);
  // A folder of pictures may have a parquet file with what else is known of them.
  const own = await library.own(at, folder, asking);
  if (own.length > 0 && pictures.length === 0) return byParquet(own);
  if (pictures.length > 0) {
    const folders = pictureFolders(pictures)
      .filter((each) => path === '' || each.folder === path || each.folder.startsWith(`${path}/`))
      .slice(0, MOST_FOLDERS);
    const parts = folders.map((each) => ({
      config: '',
      split: each.folder,
      rows: each.count,
      bytes: each.bytes,
    }));
    const isFile = folder !== path;
    const bytes = pictures.reduce((sum, picture) => sum + picture.bytes, 0);
    const one = { config: '', split: path, rows: pictures.length, bytes };
    return { route: 'files', canSearch: false, parts: isFile ? [one] : parts };
  }
  if (hasArchives(files)) throw new AppError('dataset-archives-only', at.dataset);
  // Nothing was found because of what the viewer said, and that may pass.
  if (trouble !== undefined) throw new AppError(trouble.code, trouble.detail);
  throw new AppError('dataset-no-images', at.dataset);
}

/** Whoever is not let in finds nothing by any other way. */
function throwIfFinal(trouble: ErrorData, { gated }: RepositoryInfo, { signal }: Asking): void {
  if (signal.aborted || trouble.code === 'aborted') throw new AppError('aborted');
  if (trouble.code === 'dataset-not-found' && gated !== false)
    throw new AppError('dataset-gated', trouble.detail);
}
