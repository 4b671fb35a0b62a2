import type { PartRef } from '../../../src/core/datasets';
import { AppError, toErrorData } from '../../../src/core/errors';
import { PATIENCE } from '../../../src/core/hub/back-off';
import { judgeViewerRefusal } from '../../../src/core/hub/dataset-refusal';
import { viewerUrl } from '../../../src/core/hub/dataset-urls';
import { rowSpans } from '../../../src/core/hub/row-choice';
import * as answers from '../../../src/core/hub/viewer-answers';
import { askJson, type Asking } from './ask';

/** Rows of one answer. */
const MOST_ROWS = 100;
/** What `first-rows` shows at most. */
export const PREVIEW_ROWS = 100;
/** Where parquet files can be read instead, nobody waits half a minute for the viewer. */
const MOST_PAUSES = Math.min(3, PATIENCE.pausesMs.length);

export type ViewerRow = answers.ViewerRows['rows'][number];
export type Where = Pick<PartRef, 'dataset' | 'config' | 'split'>;

/** The dataset viewer of the endpoint that is asked. All throw AppError with a code of datasets. */
export class Viewer {
  readonly #asking: Asking;

  constructor({ access, patience, signal }: Asking) {
    const pausesMs = patience.pausesMs.slice(0, MOST_PAUSES);
    this.#asking = { access, signal, patience: { ...patience, pausesMs } };
  }

  async valid(dataset: string): Promise<answers.ViewerValid> {
    return answers.readValid(await this.#ask('is-valid', { dataset }));
  }

  /** Config and split of each, with what is known of its size. */
  async parts(dataset: string): Promise<readonly answers.ViewerSize[]> {
    const splits = answers.readSplits(await this.#ask('splits', { dataset }));
    const sizes = await this.#sizes(dataset);
    return splits.map(({ config, split }) => {
      const known = sizes.find((size) => size.config === config && size.split === split);
      return known ?? { config, split, rows: null, bytes: null };
    });
  }

  async features({ dataset, config, split }: Where): Promise<unknown> {
    return (await this.firstRows({ dataset, config, split })).features;
  }

  async firstRows({ dataset, config, split }: Where): Promise<answers.ViewerRows> {
    return answers.readRows(await this.#ask('first-rows', { dataset, config, split }));
  }

  /** The rows of these numbers (ascending), as many of them as there are. */
  async rows(where: Where, wanted: readonly number[]): Promise<readonly ViewerRow[]> {
    const found: ViewerRow[] = [];
    for (const span of rowSpans(wanted, { mostRows: MOST_ROWS })) {
      const isWanted = new Set(span.rows);
      const rows = await this.#span(where, span.start, span.length);
      found.push(...rows.filter(({ row_idx: row }) => isWanted.has(row)));
    }
    return found;
  }

  async search(
    { dataset, config, split }: Where,
    query: string,
    offset: number,
    length: number,
  ): Promise<answers.ViewerRows> {
    const asked = { dataset, config, split, query, offset, length };
    return answers.readRows(await this.#ask('search', asked));
  }

  /** What is too big together may do in halves: the viewer counts all row groups that the rows lie in. */
  async #span(
    { dataset, config, split }: Where,
    offset: number,
    length: number,
  ): Promise<readonly ViewerRow[]> {
    try {
      const asked = { dataset, config, split, offset, length };
      return answers.readRows(await this.#ask('rows', asked)).rows;
    } catch (error) {
      if (toErrorData(error).code !== 'dataset-too-big' || length === 1) throw error;
      const half = Math.ceil(length / 2);
      const where = { dataset, config, split };
      const first = await this.#span(where, offset, half);
      return [...first, ...(await this.#span(where, offset + half, length - half))];
    }
  }

  /** They are said for comfort: without them it goes on. */
  async #sizes(dataset: string): Promise<readonly answers.ViewerSize[]> {
    try {
      return answers.readSize(await this.#ask('size', { dataset }));
    } catch (error) {
      if (toErrorData(error).code === 'aborted') throw error;
      return [];
    }
  }

  async #ask(
    name: string,
    parameters: Readonly<Record<string, string | number>>,
  ): Promise<unknown> {
    const { viewer } = this.#asking.access;
    if (viewer === '') throw new AppError('dataset-viewer-disabled', 'no viewer is set');
    const judge = judgeViewerRefusal;
    return (await askJson(viewerUrl(viewer, name, parameters), this.#asking, { judge })).value;
  }
}
