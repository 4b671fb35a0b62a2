import type { PartRef } from '../../../src/core/datasets';
import { AppError, toErrorData } from '../../../src/core/errors';
import type { RepositoryInfo } from '../../../src/core/hub/answers';
import { PARQUET_REVISION } from '../../../src/core/hub/dataset-urls';
import {
  byPart,
  convertedFiles,
  repositoryFiles,
  type ParquetPath,
} from '../../../src/core/hub/parquet-paths';
import type { ModelFile } from '../../../src/models/spec';
import type { Asking } from './ask';
import { Kept } from './kept';
import { ParquetCache } from './parquet-file';
import { ParquetPart } from './parquet-part';
import { PicturePart } from './picture-part';
import { datasetAt, listFiles } from './repository';

/** What a branch stands for is asked again after this long. */
const COMMIT_STAYS_MS = 5 * 60_000;

type At = Pick<PartRef, 'dataset' | 'revision'>;

/** What was learnt of datasets, so that a row costs no more than its own bytes. All throw AppError with a code of datasets. */
export class Library {
  readonly parquet = new ParquetCache();
  readonly #infos = new Kept<RepositoryInfo>(16);
  readonly #files = new Kept<readonly ModelFile[]>(8);
  readonly #parts = new Kept<readonly ParquetPart[]>(8);
  readonly #pictures = new Kept<PicturePart>(8);

  info(dataset: string, revision: string, asking: Asking): Promise<RepositoryInfo> {
    const time = Math.floor(Date.now() / COMMIT_STAYS_MS);
    const key = keyOf(asking, dataset, revision, time);
    return this.#infos.get(key, asking.signal, () => datasetAt(dataset, revision, asking));
  }

  /** Whether that commit is what the dataset has now: what the viewer and the Hub's parquet files are of. */
  async isCurrent({ dataset, revision }: At, asking: Asking): Promise<boolean> {
    return (await this.info(dataset, 'main', asking)).commit === revision;
  }

  files({ dataset, revision }: At, folder: string, asking: Asking): Promise<readonly ModelFile[]> {
    const key = keyOf(asking, dataset, revision, folder);
    return this.#files.get(
      key,
      asking.signal,
      async () => (await listFiles({ dataset, revision, folder }, asking)).files,
    );
  }

  /**
   * Splits as parquet files: those that the Hub has made of what the dataset has now, else those in the repository itself.
   */
  async parquetParts(at: At, asking: Asking): Promise<readonly ParquetPart[]> {
    if (await this.isCurrent(at, asking)) {
      const converted = await this.converted(at, asking);
      if (converted.length > 0) return converted;
    }
    return this.own(at, '', asking);
  }

  /** Empty where the Hub has made none. */
  converted({ dataset }: At, asking: Asking): Promise<readonly ParquetPart[]> {
    return this.#parts.get(keyOf(asking, dataset, 'converted'), asking.signal, async () => {
      try {
        const revision = PARQUET_REVISION;
        const { files, commit } = await listFiles({ dataset, revision }, asking);
        // Pinned, so that the end of a file and its rows are of one version.
        return this.#asParts(convertedFiles(files), dataset, commit ?? revision, asking);
      } catch (error) {
        const { code } = toErrorData(error);
        if (code === 'dataset-revision-gone' || code === 'dataset-not-found') return [];
        throw error;
      }
    });
  }

  /** Those in the repository, or below a folder of it. */
  own(at: At, folder: string, asking: Asking): Promise<readonly ParquetPart[]> {
    const key = keyOf(asking, at.dataset, at.revision, 'own', folder);
    return this.#parts.get(key, asking.signal, async () =>
      this.#asParts(
        repositoryFiles(await this.files(at, folder, asking)),
        at.dataset,
        at.revision,
        asking,
      ),
    );
  }

  /** @throws AppError `dataset-part-missing` */
  async parquetPart(
    { config, split, ...at }: Omit<PartRef, 'route'>,
    asking: Asking,
  ): Promise<ParquetPart> {
    return found(await this.parquetParts(at, asking), config, split);
  }

  /** The picture files of a folder. */
  picturePart({ dataset, revision }: At, folder: string, asking: Asking): Promise<PicturePart> {
    return this.#pictures.get(keyOf(asking, dataset, revision, folder), asking.signal, async () => {
      // All of the repository, because metadata files lie above what they tell of.
      const files = await this.files({ dataset, revision }, '', asking);
      return new PicturePart({ dataset, revision }, files, folder);
    });
  }

  #asParts(
    paths: readonly ParquetPath[],
    dataset: string,
    revision: string,
    { access: { endpoint } }: Asking,
  ): readonly ParquetPart[] {
    const from = { endpoint, dataset, revision };
    return byPart(paths).map((part) => new ParquetPart(part, from, this.parquet));
  }
}

/** @throws AppError `dataset-part-missing` */
export function found(parts: readonly ParquetPart[], config: string, split: string): ParquetPart {
  const part = parts.find((each) => each.config === config && each.split === split);
  if (part === undefined) throw new AppError('dataset-part-missing', `${config}/${split}`);
  return part;
}

function keyOf({ access }: Asking, ...parts: readonly (string | number)[]): string {
  return JSON.stringify([access.endpoint, access.viewer, ...parts]);
}
