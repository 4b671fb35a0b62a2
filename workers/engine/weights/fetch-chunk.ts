import { RequestFailure, request, type RequestOptions, type WatchedResponse } from '../hub/request';

/** The server sends the whole file whatever part is asked for. */
export class NoRanges extends Error {
  override readonly name = 'NoRanges';
}

/** Bytes `start` to `end` (exclusive) of a file of `total` bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly total: number;
}

/** Told of the bytes as they arrive; takes them back, as a negative number, when the request fails. */
export type OnReceived = (bytes: number) => void;

/**
 * A part of a file, or the file where that is all of it: then no range is asked for, so that any server will do.
 * @throws RequestFailure, NoRanges, AppError `aborted`
 */
export async function fetchSpan(
  url: string,
  span: Span,
  options: RequestOptions,
  onReceived: OnReceived,
): Promise<Uint8Array> {
  const isWhole = span.start === 0 && span.end === span.total;
  const range = `bytes=${String(span.start)}-${String(span.end - 1)}`;
  const headers = isWhole ? { ...options.headers } : { ...options.headers, Range: range };
  const watched = await request(url, { ...options, headers });
  let received = 0;
  try {
    if (!isWhole) checkRange(watched.response, span, url);
    const data = new Uint8Array(span.end - span.start);
    for await (const piece of watched.pieces()) {
      if (received + piece.byteLength > data.byteLength)
        throw sizeFailure(url, `more than ${String(data.byteLength)} bytes came`);
      data.set(piece, received);
      received += piece.byteLength;
      onReceived(piece.byteLength);
    }
    if (received < data.byteLength)
      throw sizeFailure(url, `${String(received)} of ${String(data.byteLength)} bytes came`);
    return data;
  } catch (error) {
    onReceived(-received);
    throw error;
  } finally {
    watched.close();
  }
}

/** A file from its beginning to its end, for servers that know no ranges. @throws RequestFailure, AppError `aborted` */
export async function* fetchPieces(
  url: string,
  bytes: number,
  options: RequestOptions,
): AsyncGenerator<Uint8Array, undefined> {
  const watched: WatchedResponse = await request(url, options);
  try {
    let received = 0;
    for await (const piece of watched.pieces()) {
      received += piece.byteLength;
      if (received > bytes) throw sizeFailure(url, `more than ${String(bytes)} bytes came`);
      yield piece;
    }
    if (received < bytes)
      throw sizeFailure(url, `${String(received)} of ${String(bytes)} bytes came`);
  } finally {
    watched.close();
  }
}

function checkRange({ status, headers }: Response, { start, end, total }: Span, url: string): void {
  if (status === 200) throw new NoRanges();
  const found = headers.get('content-range');
  // Not every server lets pages read it; the hash tells in the end.
  if (found === null || found === `bytes ${String(start)}-${String(end - 1)}/${String(total)}`)
    return;
  if (!found.endsWith(`/${String(total)}`)) {
    const detail = `${new URL(url).pathname}: ${found} instead of ${String(total)} bytes`;
    throw new RequestFailure({ code: 'weights-corrupt', detail }, 'no');
  }
  throw sizeFailure(url, found);
}

function sizeFailure(url: string, what: string): RequestFailure {
  return new RequestFailure(
    { code: 'network', detail: `${new URL(url).pathname}: ${what}` },
    'later',
  );
}
