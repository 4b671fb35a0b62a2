import { AppError } from '../../../src/core/errors';
import { readInfo, readTreePage, type RepositoryInfo } from '../../../src/core/hub/answers';
import {
  datasetInfoUrl,
  datasetTreeUrl,
  type DatasetFolder,
} from '../../../src/core/hub/dataset-urls';
import { nextCursor } from '../../../src/core/hub/urls';
import type { ModelFile } from '../../../src/models/spec';
import { askJson, inDatasetTerms, type Asking } from './ask';

/** Of 1000 files each. */
const MAX_PAGES = 200;

export interface FileList {
  readonly files: readonly ModelFile[];
  /** The commit that the revision stood for, where the server says so. */
  readonly commit: string | null;
}

/** What the Hub says of a dataset at a revision. @throws AppError `dataset-…` */
export async function datasetAt(
  dataset: string,
  revision: string,
  asking: Asking,
): Promise<RepositoryInfo> {
  const url = datasetInfoUrl(asking.access.endpoint, dataset, revision);
  const { value } = await askJson(url, asking, { about: 'repository' });
  return inDatasetTerms(() => Promise.resolve(readInfo(value)));
}

/** All files at a revision, or those below a folder. @throws AppError `dataset-…` */
export async function listFiles(folder: DatasetFolder, asking: Asking): Promise<FileList> {
  const files: ModelFile[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const url = datasetTreeUrl(asking.access.endpoint, folder, cursor);
    const { value, headers } = await askJson(url, asking, { about: 'repository' });
    files.push(...(await inDatasetTerms(() => Promise.resolve(readTreePage(value)))));
    cursor = nextCursor(headers.get('link'));
    const commit = headers.get('x-repo-commit');
    if (cursor === undefined) return { files, commit };
  }
  throw new AppError('dataset-unreadable', `${folder.dataset} has too many files`);
}
