import type { DatasetPicture } from '../core/datasets';
import { isAbort, toErrorData, type ErrorData } from '../core/errors';
import { chosenCount, chosenRows } from '../core/hub/row-choice';
import type { Datasets } from '../engine/datasets';
import type { DatasetChoice } from '../sources/hf-dataset';

type Reading = Pick<Datasets, 'pictures' | 'search' | 'cost' | 'picture'>;

export interface PreviewPicture {
  readonly name: string;
  readonly caption: string | undefined;
  /** Object URL; null: there is no picture in this row. */
  readonly url: string | null;
}

/** Pictures shown before any is added. */
export const PREVIEW_PICTURES = 4;
/** They are not worth more than this. */
const MOST_PREVIEW_BYTES = 16_000_000;
/** While somebody types numbers, nothing is asked. */
const QUIET_MS = 400;
/** Beyond, the size is reckoned from the average of the files. */
const MOST_COUNTED_ROWS = 2000;

/** The first pictures of a choice, how many a search finds, and about how many bytes it is. */
export class DatasetPreview {
  readonly #reading: Reading;
  #pictures = $state.raw<readonly PreviewPicture[]>([]);
  #found = $state<number | null>(null);
  #bytes = $state<number | null>(null);
  #error = $state.raw<ErrorData | null>(null);
  #isBusy = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop = new AbortController();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  get pictures(): readonly PreviewPicture[] {
    return this.#pictures;
  }

  /** Rows that a search finds; null where none was made. */
  get found(): number | null {
    return this.#found;
  }

  /** To be fetched, about; null where nobody knows. */
  get bytes(): number | null {
    return this.#bytes;
  }

  get error(): ErrorData | null {
    return this.#error;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Looks at a choice when it has not changed for a moment. */
  look(choice: DatasetChoice | null, partBytes: number | null): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
    this.#found = null;
    this.#bytes = null;
    this.#error = null;
    this.#isBusy = choice !== null;
    if (choice === null) return;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#timer = setTimeout(() => void this.#look(choice, partBytes, signal), QUIET_MS);
  }

  clear(): void {
    this.look(null, null);
    this.#show([]);
  }

  async #look(choice: DatasetChoice, partBytes: number | null, signal: AbortSignal): Promise<void> {
    try {
      const listed = await this.#first(choice, signal);
      const originalBytes = await this.#cost(choice, partBytes, signal);
      const shown: PreviewPicture[] = [];
      let copyBytes = 0;
      for (const picture of await this.#worth(choice, listed, signal)) {
        const blob = await this.#bytesOf(picture);
        if (signal.aborted) {
          shown.forEach(revoke);
          return;
        }
        copyBytes += blob?.size ?? 0;
        const url = blob === null ? null : URL.createObjectURL(blob);
        shown.push({ name: picture.name, caption: picture.caption, url });
      }
      this.#show(shown);
      const seen = shown.filter(({ url }) => url !== null).length;
      const count =
        choice.rows.kind === 'search'
          ? Math.min(this.#found ?? 0, choice.rows.most)
          : chosenCount(choice.rows, choice.total);
      const byCopies = seen === 0 ? null : (copyBytes / seen) * count;
      this.#bytes = choice.columns.bytes === 'copies' ? byCopies : originalBytes;
    } catch (error) {
      if (isAbort(error) || signal.aborted) return;
      this.#show([]);
      this.#error = toErrorData(error);
    } finally {
      if (!signal.aborted) this.#isBusy = false;
    }
  }

  async #first(
    { part, columns, rows, total }: DatasetChoice,
    signal: AbortSignal,
  ): Promise<readonly DatasetPicture[]> {
    const length = PREVIEW_PICTURES;
    // Copies are enough to see what it is, where there are any.
    const seen = { ...columns, bytes: 'copies' } as const;
    if (rows.kind === 'search') {
      const asked = { query: rows.query, offset: 0, length };
      const found = await this.#reading.search(part, asked, seen, signal);
      this.#found = found.total;
      return found.pictures.slice(0, length);
    }
    const first = [...take(chosenRows(rows, total), length)];
    if (first.length === 0) return [];
    return (await this.#reading.pictures(part, first, seen, signal)).slice(0, length);
  }

  /** Where they come from parquet files or the repository, a glance may cost too much. */
  async #worth(
    { part, columns, rows, total }: DatasetChoice,
    listed: readonly DatasetPicture[],
    signal: AbortSignal,
  ): Promise<readonly DatasetPicture[]> {
    if (part.route === 'viewer' || part.route === 'preview' || rows.kind === 'search')
      return listed;
    const first = [...take(chosenRows(rows, total), PREVIEW_PICTURES)];
    const cost = await this.#reading.cost(part, first, columns, signal);
    return cost !== null && cost <= MOST_PREVIEW_BYTES ? listed : [];
  }

  async #cost(
    { part, columns, rows, total }: DatasetChoice,
    partBytes: number | null,
    signal: AbortSignal,
  ): Promise<number | null> {
    if (columns.bytes === 'copies' || rows.kind === 'search') return null;
    const count = chosenCount(rows, total);
    if (count <= MOST_COUNTED_ROWS) {
      try {
        return await this.#reading.cost(part, [...chosenRows(rows, total)], columns, signal);
      } catch (error) {
        if (isAbort(error)) throw error;
        return null;
      }
    }
    return partBytes === null || !Number.isFinite(total) ? null : (partBytes / total) * count;
  }

  /** null for a row that has none; a picture that fails is not shown, when it is added its row says why. */
  async #bytesOf({ place, error }: DatasetPicture): Promise<Blob | null> {
    if (error !== undefined) return null;
    return this.#reading.picture(place).catch(() => null);
  }

  #show(pictures: readonly PreviewPicture[]): void {
    this.#pictures.forEach(revoke);
    this.#pictures = pictures;
  }
}

function revoke({ url }: PreviewPicture): void {
  if (url !== null) URL.revokeObjectURL(url);
}

function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  if (count <= 0) return;
  let taken = 0;
  for (const item of items) {
    yield item;
    taken += 1;
    if (taken >= count) return;
  }
}
