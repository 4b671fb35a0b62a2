import type { ViewerErrorCode } from './viewer-errors';

/** `X-Error-Code`: the Hub's four, and those of the dataset viewer. */
export type ErrorCode =
  'GatedRepo' | 'RepoNotFound' | 'RevisionNotFound' | 'EntryNotFound' | ViewerErrorCode;

/** An answer other than the one that was asked for, in the Hub's words (read on huggingface.co in 2026). */
export class HubFailure extends Error {
  readonly status: number;
  readonly code: ErrorCode | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    code?: ErrorCode,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

const LOG_IN = { 'WWW-Authenticate': 'Bearer realm="Authentication required", charset="UTF-8"' };

export const failures = {
  /** Also what someone without a token hears of a repository that is private or not there at all. */
  unauthorized: () => new HubFailure(401, 'Invalid username or password.', undefined, LOG_IN),
  invalidToken: () =>
    new HubFailure(401, 'Invalid credentials in Authorization header', undefined, LOG_IN),
  gatedLogIn: (id: string, type = 'model') =>
    new HubFailure(
      401,
      `Access to ${type} ${id} is restricted. You must have access to it and be authenticated to access it. Please log in.`,
      'GatedRepo',
      LOG_IN,
    ),
  gatedAsk: (id: string, type = 'model') =>
    new HubFailure(
      403,
      `Access to ${type} ${id} is restricted and you are not in the authorized list. Visit https://huggingface.co/${type === 'model' ? '' : `${type}s/`}${id} to ask for access.`,
      'GatedRepo',
    ),
  tokenScope: () =>
    new HubFailure(
      403,
      'Please enable access to public gated repositories in your fine-grained token settings to view this repository.',
    ),
  disabled: () => new HubFailure(403, 'Access to this resource is disabled.'),
  repoNotFound: () => new HubFailure(404, 'Repository not found', 'RepoNotFound'),
  revisionNotFound: (revision: string) =>
    new HubFailure(404, `Invalid rev id: ${revision}`, 'RevisionNotFound'),
  entryNotFound: (message = 'Entry not found') => new HubFailure(404, message, 'EntryNotFound'),
  pageNotFound: () => new HubFailure(404, "Sorry, we can't find the page you are looking for."),
  badRequest: (message: string) => new HubFailure(400, message),
  rateLimited: (bucket: string, seconds: number) =>
    new HubFailure(
      429,
      "We had to rate limit your IP. To continue using our service, create a HF account or login to your existing account, and make sure you pass a HF_TOKEN if you're using the API.",
      undefined,
      { 'Retry-After': String(seconds), RateLimit: `"${bucket}";r=0;t=${seconds}` },
    ),
  broken: (status = 500) =>
    new HubFailure(status, "Internal Error - We're working hard to fix this as soon as possible!"),
};
