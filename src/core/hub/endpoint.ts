/** Where the Hub is unless somebody has set a mirror. */
export const HUB_ENDPOINT = 'https://huggingface.co';

/** Where its dataset viewer is; a mirror has its own, or none. */
export const VIEWER_ENDPOINT = 'https://datasets-server.huggingface.co';

/** The Hub, or a mirror, and who asks. The token goes to the endpoint and to nobody else. */
export interface HubAccess {
  /** Origin and perhaps a path, without a slash at its end. */
  readonly endpoint: string;
  readonly token?: string;
}

/** Whoever reads datasets also asks the viewer: it gets the token as well. */
export interface DatasetAccess extends HubAccess {
  /** Empty: there is none. */
  readonly viewer: string;
}

/** The Hub's own viewer belongs to the Hub alone: a mirror's token is not sent there. */
export function viewerOf(endpoint: string, viewer = ''): string {
  return endpoint === HUB_ENDPOINT ? VIEWER_ENDPOINT : viewer;
}

const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\])$/u;

/**
 * An endpoint as somebody typed it, or undefined where it is none. Only a server on this machine may do without TLS: a token
 * would be readable on the way.
 */
export function parseEndpoint(text: string): string | undefined {
  const typed = text.trim();
  const url = parseUrl(/^[a-z]+:\/\//iu.test(typed) ? typed : `https://${typed}`);
  if (url?.username !== '' || url.password !== '') return undefined;
  const isSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL.test(url.hostname));
  if (!isSafe || url.search !== '' || url.hash !== '') return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/u, '');
}

export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
