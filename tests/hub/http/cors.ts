import type { IncomingMessage, ServerResponse } from 'node:http';

/** How a site lets pages of other origins read its answers. */
export type CorsPolicy = 'hub' | 'cdn' | 'viewer' | 'open';

/** Read on huggingface.co in 2026. `Retry-After` and `RateLimit` are not in it: no page can read them. */
export const HUB_EXPOSED =
  'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,' +
  'Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag,X-Xet-Hash';

export function setCors(
  policy: CorsPolicy,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (policy === 'hub') {
    const origin = request.headers.origin ?? 'https://huggingface.co';
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Vary', 'Origin');
    response.setHeader('Access-Control-Max-Age', '86400');
    response.setHeader('Access-Control-Expose-Headers', HUB_EXPOSED);
    return;
  }
  response.setHeader('Access-Control-Allow-Origin', '*');
  // The viewer's: libs/libapi/src/libapi/utils.py.
  const exposed = policy === 'viewer' ? 'X-Error-Code,X-Revision' : '*';
  response.setHeader('Access-Control-Expose-Headers', exposed);
}

export function removeCors(response: ServerResponse): void {
  for (const name of response.getHeaderNames()) {
    if (name.startsWith('access-control-')) response.removeHeader(name);
  }
}

/** Everything that is asked for is allowed, on the CDN only what reads. */
export function answerPreflight(
  policy: CorsPolicy,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const wanted = request.headers['access-control-request-method'] ?? 'GET';
  const headers = request.headers['access-control-request-headers'];
  response.setHeader('Access-Control-Allow-Methods', policy === 'cdn' ? 'GET, HEAD' : wanted);
  if (headers !== undefined) response.setHeader('Access-Control-Allow-Headers', headers);
  response.writeHead(200, { 'Content-Length': 0 }).end();
}
