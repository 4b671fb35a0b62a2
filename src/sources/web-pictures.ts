import { isInsecureFor, nameOfAddress } from '../core/addresses';
import { AppError, type ErrorCode } from '../core/errors';
import { shortHash } from '../core/hash';
import type { Candidate } from './intake';
import { siteAnswers } from './site-answers';

/** No picture is larger; what is, is something else. */
const MOST_BYTES = 256 * 1024 ** 2;

/** So long nothing may come before it counts as dead, in ms. */
const STALL_MS = 30_000;

/** What the page is and can do; tests put other things in their place. */
export interface Web {
  readonly fetch: typeof fetch;
  readonly pageProtocol: string;
  isOnline(): boolean;
  /** Whether a site is there, of which the page may read nothing. */
  answers(address: string): Promise<boolean>;
}

const PAGE: Web = {
  fetch: (...args) => fetch(...args),
  get pageProtocol() {
    return location.protocol;
  },
  isOnline: () => navigator.onLine,
  answers: siteAnswers,
};

/** Pictures at addresses: fetched when their turn comes, and copied, because the web forgets. */
export async function* picturesOfWeb(
  addresses: readonly string[],
  web: Web = PAGE,
): AsyncGenerator<Candidate> {
  for (const address of addresses) {
    // A picture that is written out in its address would make a key of megabytes.
    const key = address.startsWith('data:') ? `data:${await shortHash(address)}` : address;
    yield {
      id: `url:${key}`,
      name: nameOfAddress(address),
      source: { kind: 'copy' },
      open: () => fetchPicture(address, web),
    };
  }
}

/**
 * Fetches a picture. A site that forbids other pages to read from it is told apart from one that is not there.
 * @throws AppError `url-…`
 */
export async function fetchPicture(address: string, web: Web = PAGE): Promise<Blob> {
  if (!address.startsWith('data:') && isInsecureFor(web.pageProtocol, address))
    throw new AppError('url-insecure', address);
  const stall = new AbortController();
  const heard = stallTimer(stall);
  try {
    const response = await web
      .fetch(address, {
        signal: stall.signal,
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      })
      .catch(async (error: unknown) => {
        throw await whyNot(address, error, web);
      });
    if (!response.ok) throw new AppError(codeOf(response.status), String(response.status));
    const type = response.headers.get('content-type') ?? '';
    if (/^text\/html/iu.test(type)) throw new AppError('url-page', address);
    if (Number(response.headers.get('content-length')) > MOST_BYTES)
      throw new AppError('url-too-large', address);
    return await readAll(response, type, heard.again);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('url-unreachable', `${short(address)}: ${String(error)}`, { cause: error });
  } finally {
    heard.end();
    // What was not read to its end is not wanted any more.
    stall.abort();
  }
}

async function readAll(response: Response, type: string, heard: () => void): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    heard();
    bytes += read.value.byteLength;
    // A server may say nothing, or something else, of the length.
    if (bytes > MOST_BYTES) throw new AppError('url-too-large', `more than ${String(MOST_BYTES)}`);
    pieces.push(read.value);
  }
  return new Blob(pieces, { type });
}

/** The browser says no more than that it failed. */
async function whyNot(address: string, error: unknown, web: Web): Promise<AppError> {
  const because = (code: ErrorCode) => new AppError(code, short(address), { cause: error });
  if (address.startsWith('data:')) return because('image-not-an-image');
  if (!web.isOnline()) return because('url-offline');
  return because((await web.answers(address)) ? 'url-forbidden' : 'url-unreachable');
}

function codeOf(status: number): ErrorCode {
  if (status === 404 || status === 410) return 'url-not-found';
  if (status === 401 || status === 403 || status === 407 || status === 451) return 'url-refused';
  return 'url-failing';
}

function stallTimer(stall: AbortController) {
  const start = () => setTimeout(() => stall.abort(new Error('nothing came')), STALL_MS);
  let timer = start();
  return {
    again: () => {
      clearTimeout(timer);
      timer = start();
    },
    end: () => clearTimeout(timer),
  };
}

const short = (address: string) => address.slice(0, 300);
