import type { ErrorCode, ErrorData } from '../errors';

/** An answer that brings nothing, as far as a page can read it. */
export interface Refusal {
  readonly status: number;
  /** `X-Error-Code` */
  readonly code: string | null;
  /** `X-Error-Message` */
  readonly message: string | null;
  readonly hasToken: boolean;
  /** It came from where the endpoint sent us: from the CDN, whose addresses expire. */
  readonly isRedirected: boolean;
  /** What was asked for: decides what a bare 404 is about. */
  readonly about: 'repository' | 'file';
}

/** `at-once`: a new request gets a new address; `later`: after a pause; `no`: it would be the same again. */
export type Retry = 'at-once' | 'later' | 'no';

export interface JudgedRefusal {
  readonly error: ErrorData;
  readonly retry: Retry;
}

/** Codes of the Hub's `X-Error-Code`. */
const BY_CODE: Readonly<Record<string, ErrorCode>> = {
  GatedRepo: 'repository-gated',
  RepoNotFound: 'repository-not-found',
  RevisionNotFound: 'revision-not-found',
  EntryNotFound: 'weights-missing',
};

/** What an answer with an error's status means, and whether to ask again. */
export function judgeRefusal(refusal: Refusal): JudgedRefusal {
  const { status, code, message } = refusal;
  const detail = [String(status), code, message].filter(Boolean).join(' ');
  const as = (name: ErrorCode, retry: Retry = 'no') => ({ error: { code: name, detail }, retry });
  if (status === 429) return as('rate-limited', 'later');
  if (status >= 500 || status === 408 || status === 425) return as('hub-failing', 'later');
  // A CDN that knows nobody refuses an address, not a person: the signature is too old.
  if (refusal.isRedirected && status !== 404 && status !== 416) return as('network', 'at-once');
  const known = BY_CODE[code ?? ''];
  if (known !== undefined) return as(known);
  return as(byStatus(refusal));
}

function byStatus({ status, message, hasToken, about }: Refusal): ErrorCode {
  switch (status) {
    case 401:
      // Without a token the Hub says this of what is private and of what is not there.
      return hasToken ? 'token-refused' : 'repository-not-found';
    case 403:
      return /fine-grained/iu.test(message ?? '') ? 'token-too-narrow' : 'repository-disabled';
    case 404:
      return about === 'file' ? 'weights-missing' : 'repository-not-found';
    case 416:
      // The file is shorter than the list of files says.
      return 'weights-corrupt';
    default:
      return 'hub-unreadable';
  }
}
