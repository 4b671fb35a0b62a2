import { placeKey, type DatasetPicture, type PartRef, type PictureColumns } from '../core/datasets';
import type { DatasetPlace } from '../core/dataset-place';
import { fromErrorData } from '../core/errors';
import { chosenRows, type RowChoice } from '../core/hub/row-choice';
import type { FoundPictures } from '../core/protocol';
import type { Candidate } from './intake';

/** What reads datasets. All throw AppError. */
export interface DatasetPorts {
  pictures(
    part: PartRef,
    rows: readonly number[],
    columns: PictureColumns,
    signal?: AbortSignal,
  ): Promise<readonly DatasetPicture[]>;
  search(
    part: PartRef,
    asked: { readonly query: string; readonly offset: number; readonly length: number },
    columns: PictureColumns,
    signal?: AbortSignal,
  ): Promise<FoundPictures>;
  picture(place: DatasetPlace): Promise<Blob>;
}

export interface DatasetChoice {
  readonly part: PartRef;
  readonly columns: PictureColumns;
  readonly rows: RowChoice;
  /** Rows that the part has. */
  readonly total: number;
}

/** Rows that are asked for together. */
const ROWS_TOGETHER = 100;
/** Candidates listed before they are opened: their addresses expire, and the Hub counts requests. */
const MOST_AHEAD = 300;
/** Whoever takes no more is noticed after this. */
const LOOK_AGAIN_MS = 500;

/**
 * The pictures of the chosen rows, as they are listed. Listing waits while many are not opened yet; stopped, it ends with the
 * next one. A row without a picture is a candidate that can't be opened: it is refused with its reason.
 * @throws AppError where the rows can't be listed
 */
export async function* datasetCandidates(
  choice: DatasetChoice,
  ports: DatasetPorts,
): AsyncGenerator<Candidate> {
  const stop = new AbortController();
  const ahead = new Ahead();
  try {
    for await (const pictures of listed(choice, ports, stop.signal)) {
      for (const picture of pictures) {
        await ahead.room();
        yield candidateOf(picture, async () => {
          ahead.opened();
          if (picture.error !== undefined) throw fromErrorData(picture.error);
          return ports.picture(picture.place);
        });
        ahead.listed();
      }
    }
  } finally {
    stop.abort();
  }
}

async function* listed(
  { part, columns, rows, total }: DatasetChoice,
  ports: DatasetPorts,
  signal: AbortSignal,
): AsyncGenerator<readonly DatasetPicture[]> {
  if (rows.kind === 'search') {
    for (let offset = 0; offset < rows.most; offset += ROWS_TOGETHER) {
      const length = Math.min(ROWS_TOGETHER, rows.most - offset);
      const asked = { query: rows.query, offset, length };
      const found = await ports.search(part, asked, columns, signal);
      yield found.pictures;
      if (offset + length >= found.total) return;
    }
    return;
  }
  let together: number[] = [];
  for (const row of chosenRows(rows, total)) {
    together.push(row);
    if (together.length < ROWS_TOGETHER) continue;
    yield await ports.pictures(part, together, columns, signal);
    together = [];
  }
  if (together.length > 0) yield await ports.pictures(part, together, columns, signal);
}

function candidateOf({ place, name, caption }: DatasetPicture, open: Candidate['open']): Candidate {
  const reference = caption === undefined ? {} : { reference: caption };
  return { id: placeKey(place), name, source: { kind: 'dataset', place }, open, ...reference };
}

/** How many candidates wait to be opened. */
class Ahead {
  #count = 0;
  #wake: (() => void) | undefined;

  listed(): void {
    this.#count += 1;
  }

  opened(): void {
    this.#count -= 1;
    this.#wake?.();
  }

  /** Resolves when there is room for another one, or after a while. */
  async room(): Promise<void> {
    if (this.#count < MOST_AHEAD) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_AGAIN_MS);
      this.#wake = () => {
        if (this.#count >= MOST_AHEAD) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}
