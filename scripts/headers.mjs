import { extname } from 'node:path';

/**
 * Where the page and its workers may send requests. The Hub answers with addresses of content networks whose hosts change, and a
 * mirror may be anywhere; one on this machine does without TLS.
 */
const CONNECT_SOURCES = [
  "'self'",
  'blob:',
  'data:',
  'https:',
  'http://127.0.0.1:*',
  'http://localhost:*',
];

/** What the page may load and run; WebAssembly compiles, `eval` does not. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval' blob:",
  "worker-src 'self' blob:",
  "img-src 'self' blob: data:",
  "style-src 'self' 'unsafe-inline'",
  `connect-src ${CONNECT_SOURCES.join(' ')}`,
  "object-src 'none'",
  "base-uri 'none'",
].join('; ');

/** What makes a page cross-origin isolated, and so gives WebAssembly its threads. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** On every answer, isolated or not. */
export const SECURITY_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** @type {Record<string, string>} */
const TYPES = {
  '.avif': 'image/avif',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.zip': 'application/zip',
};

/**
 * The media type of a file, by its name.
 * @param {string} path
 * @returns {string}
 */
export function contentType(path) {
  return TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
}

/**
 * Files whose name holds the hash of their content never change; all others are asked for again.
 * @param {string} pathname
 * @returns {string}
 */
export function cacheControl(pathname) {
  return /^\/assets\/.+-[\w-]{8}\.\w+$/.test(pathname)
    ? 'public, max-age=31536000, immutable'
    : 'no-cache';
}
