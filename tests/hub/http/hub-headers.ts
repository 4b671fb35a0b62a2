import { randomBytes } from 'node:crypto';

const QUOTAS = { api: 500, resolvers: 3000, pages: 100 };
const WINDOW_SECONDS = 300;

/** The Hub counts requests in three buckets (hub-docs, rate-limits.md). */
export function bucketOf(url: URL): keyof typeof QUOTAS {
  if (/\/resolve\/|^\/api\/resolve-cache\//.test(url.pathname)) return 'resolvers';
  return url.pathname.startsWith('/api/') ? 'api' : 'pages';
}

/** What every answer of huggingface.co carries. */
export function hubHeaders(url: URL): Record<string, string> {
  const bucket = bucketOf(url);
  const quota = QUOTAS[bucket];
  const time = Math.floor(Date.now() / 1000).toString(16);
  return {
    'X-Powered-By': 'huggingface-moon',
    'X-Request-Id': `Root=1-${time}-${randomBytes(12).toString('hex')}`,
    RateLimit: `"${bucket}";r=${quota - 1};t=${WINDOW_SECONDS}`,
    'RateLimit-Policy': `"fixed window";"${bucket}";q=${quota};w=${WINDOW_SECONDS}`,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
  };
}
