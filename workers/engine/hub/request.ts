import { AppError, type ErrorData } from '../../../src/core/errors';
import { retryAfterMs } from '../../../src/core/hub/back-off';
import {
  judgeRefusal,
  type JudgedRefusal,
  type Refusal,
  type Retry,
} from '../../../src/core/hub/refusal';

/** A request that brought nothing usable, and whether another one may. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  readonly error: ErrorData;
  readonly retry: Retry;
  /** What the server asked to wait, where that can be read. */
  readonly askedMs: number | undefined;

  constructor(error: ErrorData, retry: Retry, askedMs?: number) {
    super(error.code);
    this.error = error;
    this.retry = retry;
    this.askedMs = askedMs;
  }
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly about: Refusal['about'];
  /** What a refusal means; the Hub's own by default. */
  readonly judge?: (refusal: Refusal) => JudgedRefusal;
  readonly stallMs: number;
  readonly signal: AbortSignal;
}

/** A response whose body is read under the same watch as its head was waited for. */
export interface WatchedResponse {
  readonly response: Response;
  /** Pieces of the body. @throws RequestFailure */
  pieces(): AsyncGenerator<Uint8Array, undefined>;
  /** Lets go of the connection. */
  close(): void;
}

/**
 * GET of what is to be stored here and nowhere else. A token is in `headers` and reaches the address alone: browsers take
 * `Authorization` away before they follow a redirect to another host.
 * @throws RequestFailure for a refusal, a broken connection, a stall; AppError `aborted`
 */
export async function request(url: string, options: RequestOptions): Promise<WatchedResponse> {
  const watch = new Watch(options.stallMs, options.signal);
  try {
    const response = await watch.await(
      fetch(url, {
        headers: options.headers ?? {},
        // Chromium asks twice for ranges of one file that are under way together, unless told not to store them.
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal: watch.signal,
      }),
      url,
    );
    if (!response.ok) throw await refused(response, url, options);
    return { response, pieces: () => pieces(response, watch, url), close: () => watch.end() };
  } catch (error) {
    watch.end();
    throw error;
  }
}

async function* pieces(
  response: Response,
  watch: Watch,
  url: string,
): AsyncGenerator<Uint8Array, undefined> {
  const reader = response.body?.getReader();
  try {
    for (;;) {
      if (reader === undefined) return;
      const { done, value } = await watch.await(reader.read(), url);
      if (done) return;
      yield value;
    }
  } finally {
    watch.end();
  }
}

async function refused(
  response: Response,
  url: string,
  { headers = {}, about, judge = judgeRefusal }: RequestOptions,
): Promise<RequestFailure> {
  await response.body?.cancel().catch(() => undefined);
  const { error, retry } = judge({
    status: response.status,
    code: response.headers.get('x-error-code'),
    message: response.headers.get('x-error-message'),
    hasToken: 'Authorization' in headers,
    isRedirected: new URL(response.url === '' ? url : response.url).origin !== new URL(url).origin,
    about,
  });
  const askedMs = retryAfterMs(response.headers.get('retry-after'), Date.now());
  const detail = `${new URL(url).pathname}: ${error.detail}`;
  return new RequestFailure({ code: error.code, detail }, retry, askedMs);
}

const STALLED = 'stalled';

/** Ends a request when nothing has come of it for too long, or when it is not wanted any more. */
class Watch {
  readonly #stalled = new AbortController();
  readonly #outer: AbortSignal;
  readonly #stallMs: number;
  readonly signal: AbortSignal;

  constructor(stallMs: number, outer: AbortSignal) {
    this.#stallMs = stallMs;
    this.#outer = outer;
    this.signal = AbortSignal.any([outer, this.#stalled.signal]);
  }

  /** The next thing that the network brings. */
  async await<T>(next: Promise<T>, url: string): Promise<T> {
    const timer = setTimeout(() => this.#stalled.abort(STALLED), this.#stallMs);
    try {
      return await next;
    } catch (error) {
      if (this.#outer.aborted) throw new AppError('aborted');
      const isLate = this.#stalled.signal.reason === STALLED;
      const why = isLate ? `nothing came for ${String(this.#stallMs / 1000)} s` : String(error);
      const detail = `${new URL(url).pathname}: ${why}`;
      throw new RequestFailure({ code: 'network', detail }, 'later');
    } finally {
      clearTimeout(timer);
    }
  }

  end(): void {
    this.#stalled.abort();
  }
}
