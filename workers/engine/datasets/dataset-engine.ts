import type { DatasetPicture, DatasetReport, PartReport } from '../../../src/core/datasets';
import { AppError, isAbort, type Reply } from '../../../src/core/errors';
import { PATIENCE, type Patience } from '../../../src/core/hub/back-off';
import { columnsOf } from '../../../src/core/hub/features';
import type {
  DatasetEngine,
  DatasetLookUp,
  FoundPictures,
  PartCall,
  PictureCall,
  RowsCall,
  SearchCall,
} from '../../../src/core/protocol';
import { reply } from '../reply';
import type { Asking } from './ask';
import { Library } from './library';
import { lookUpDataset } from './look-up';
import { PictureBytes } from './picture-bytes';
import { noImages, RowReader, Sources } from './rows';
import { Viewer } from './viewer';

/** Decoded row groups can be hundreds of megabytes: nobody needs them when nobody asks. */
const IDLE_MS = 20_000;

/** Reads datasets of the Hub, by whichever way there is. */
export class DatasetReader implements DatasetEngine {
  readonly #patience: Patience;
  readonly #tasks = new Map<string, AbortController>();
  readonly #library = new Library();
  readonly #sources = new Sources();
  readonly #rows = new RowReader(this.#library, this.#sources);
  readonly #pictures = new PictureBytes(this.#library, this.#sources);
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(patience: Patience = PATIENCE) {
    this.#patience = patience;
  }

  lookUp(call: DatasetLookUp): Promise<Reply<DatasetReport>> {
    return this.#task(call, (asking) => lookUpDataset(call, this.#library, asking));
  }

  openPart(call: PartCall): Promise<Reply<PartReport>> {
    return this.#task(call, async (asking) => {
      const report = await this.#open(call, asking);
      const kinds = report.columns.map(({ kind }) => kind);
      if (kinds.includes('image') || kinds.includes('images')) return report;
      throw noImages(kinds.find((kind) => kind === 'nested-images'));
    });
  }

  pictures(call: RowsCall): Promise<Reply<readonly DatasetPicture[]>> {
    return this.#task(call, (asking) =>
      this.#rows.pictures(call.part, call.rows, call.columns, asking),
    );
  }

  search(call: SearchCall): Promise<Reply<FoundPictures>> {
    return this.#task(call, (asking) => this.#rows.search(call.part, call, call.columns, asking));
  }

  cost({ part, rows, columns, ...call }: RowsCall): Promise<Reply<number | null>> {
    return this.#task(call, async (asking) => {
      if (part.route === 'files')
        return (await this.#library.picturePart(part, part.split, asking)).cost(rows);
      if (columns.bytes === 'copies' && part.route !== 'parquet') return null;
      return (await this.#library.parquetPart(part, asking)).cost(columns.image, rows, asking);
    });
  }

  picture(call: PictureCall): Promise<Reply<Blob>> {
    return this.#task(call, (asking) => this.#pictures.read(call.place, call.sha256, asking));
  }

  cancel(taskId: string): Promise<Reply<null>> {
    this.#tasks.get(taskId)?.abort();
    return Promise.resolve({ ok: true, value: null });
  }

  async #open({ part }: PartCall, asking: Asking): Promise<PartReport> {
    const { route } = part;
    if (route === 'files') {
      const pictures = await this.#library.picturePart(part, part.split, asking);
      const { rows, bytes } = pictures;
      return { route, columns: await pictures.columns(asking), rows, bytes };
    }
    if (route === 'parquet') return this.#openParquet({ part }, asking);
    try {
      const first = await new Viewer(asking).firstRows(part);
      const rows = route === 'preview' ? first.rows.length : null;
      return { route, columns: columnsOf(first.features), rows, bytes: null };
    } catch (error) {
      if (isAbort(error)) throw error;
      // What the viewer says is more telling than that there is no other way.
      return this.#openParquet({ part }, asking).catch((second: unknown) => {
        throw isAbort(second) ? second : error;
      });
    }
  }

  async #openParquet({ part }: Pick<PartCall, 'part'>, asking: Asking): Promise<PartReport> {
    const parquet = await this.#library.parquetPart(part, asking);
    const columns = await parquet.columns(asking);
    const rows = await parquet.rowCount(asking);
    return { route: 'parquet', columns, rows, bytes: parquet.bytes };
  }

  /** Runs a call that `cancel` can end. */
  #task<T>(
    { taskId, access }: Pick<DatasetLookUp, 'taskId' | 'access'>,
    work: (asking: Asking) => Promise<T>,
  ): Promise<Reply<T>> {
    const task = new AbortController();
    this.#tasks.set(taskId, task);
    clearTimeout(this.#idle);
    return reply(async () => {
      try {
        return await work({ access, patience: this.#patience, signal: task.signal });
      } catch (error) {
        if (task.signal.aborted) throw new AppError('aborted');
        throw error;
      } finally {
        this.#tasks.delete(taskId);
        if (this.#tasks.size === 0)
          this.#idle = setTimeout(() => this.#library.parquet.clear(), IDLE_MS);
      }
    });
  }
}
