import { AppError, fromErrorData } from '../../../src/core/errors';
import type { Patience } from '../../../src/core/hub/back-off';
import { forDatasets } from '../../../src/core/hub/dataset-refusal';
import { readJson } from '../../../src/core/hub/answers';
import type { DatasetAccess } from '../../../src/core/hub/endpoint';
import type { JudgedRefusal, Refusal } from '../../../src/core/hub/refusal';
import { authorization } from '../hub/look-up';
import { request } from '../hub/request';
import { withRetries } from '../hub/retry';
import { fetchSpan, NoRanges } from '../weights/fetch-chunk';

/** Who asks, for how long, and until when. */
export interface Asking {
  readonly access: DatasetAccess;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

interface AskOptions {
  readonly about?: Refusal['about'];
  readonly judge?: (refusal: Refusal) => JudgedRefusal;
  /** Sent to this address; else nobody asks. */
  readonly withToken?: boolean;
  readonly mostBytes?: number;
}

/** Rows and lists are kilobytes; a metadata file can be some tens of megabytes. */
const MOST_JSON_BYTES = 64 * 1024 * 1024;
/** A picture beyond this is none that could be opened. */
const MOST_PICTURE_BYTES = 512 * 1024 * 1024;

export interface Answer<T> {
  readonly value: T;
  readonly headers: Headers;
}

/** @throws AppError with a code of datasets */
export async function askText(
  url: string,
  asking: Asking,
  options: AskOptions = {},
): Promise<Answer<string>> {
  const { blob, headers } = await askBlob(url, asking, { mostBytes: MOST_JSON_BYTES, ...options });
  return { value: await blob.text(), headers };
}

/** @throws AppError with a code of datasets */
export async function askJson(
  url: string,
  asking: Asking,
  options: AskOptions = {},
): Promise<Answer<unknown>> {
  const { value, headers } = await askText(url, asking, options);
  return inDatasetTerms(() =>
    Promise.resolve({ value: readJson(value, new URL(url).pathname), headers }),
  );
}

/** A whole file. @throws AppError with a code of datasets */
export async function askBlob(
  url: string,
  { access, patience, signal }: Asking,
  { about = 'file', judge, withToken = true, mostBytes = MOST_PICTURE_BYTES }: AskOptions = {},
): Promise<{ readonly blob: Blob; readonly headers: Headers }> {
  const headers = withToken ? authorization(access) : {};
  const { stallMs } = patience;
  const options = { headers, about, stallMs, signal, ...(judge === undefined ? {} : { judge }) };
  return inDatasetTerms(() =>
    withRetries(
      async () => {
        const watched = await request(url, options);
        const parts: BlobPart[] = [];
        let length = 0;
        try {
          for await (const piece of watched.pieces()) {
            length += piece.byteLength;
            if (length > mostBytes)
              throw new AppError('dataset-unreadable', `${new URL(url).pathname} is too large`);
            parts.push(piece as Uint8Array<ArrayBuffer>);
          }
        } finally {
          watched.close();
        }
        return { blob: new Blob(parts), headers: watched.response.headers };
      },
      { patience, signal },
    ),
  );
}

/** Bytes `start` to `end` (exclusive) of a file of `total` bytes. @throws AppError with a code of datasets */
export async function askBytes(
  url: string,
  span: { readonly start: number; readonly end: number; readonly total: number },
  { access, patience, signal }: Asking,
): Promise<Uint8Array> {
  const { stallMs } = patience;
  const options = { headers: authorization(access), about: 'file', stallMs, signal } as const;
  return inDatasetTerms(async () => {
    try {
      const fetched = () => fetchSpan(url, span, options, () => undefined);
      return await withRetries(fetched, { patience, signal });
    } catch (error) {
      if (!(error instanceof NoRanges)) throw error;
      throw new AppError('dataset-failing', 'the server sends whole files only', { cause: error });
    }
  });
}

/** Errors of the Hub and the network as those of datasets. */
export async function inDatasetTerms<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw fromErrorData(forDatasets({ code: error.code, detail: error.detail }));
  }
}
