import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/**
 * @typedef {object} StaticFile
 * @property {string} path
 * @property {number} size
 * @property {string} etag
 */

/**
 * The path a request asks for, decoded, or undefined if it is malformed.
 * @param {string} target the request's target, such as "/a%20b.json?x=1"
 * @returns {string | undefined}
 */
export function requestedPath(target) {
  const [encoded = ''] = target.split(/[?#]/, 1);
  try {
    const path = decodeURIComponent(encoded);
    return path.startsWith('/') && !path.includes('\0') ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The file below the root that a path names: a number is the status to answer with instead.
 * @param {string} root
 * @param {string} pathname
 * @returns {Promise<StaticFile | 403 | 404>}
 */
export async function findFile(root, pathname) {
  const parts = pathname.split(/[/\\]/);
  if (parts.includes('..')) return 403;
  if (parts.some((part) => part.startsWith('.'))) return 404;
  try {
    const path = await realpath(join(root, pathname, pathname.endsWith('/') ? 'index.html' : ''));
    // A link inside the root must not lead out of it.
    if (!path.startsWith((await realpath(root)) + sep)) return 403;
    const stats = await stat(path);
    if (!stats.isFile()) return 404;
    const etag = `"${stats.size.toString(16)}-${Math.round(stats.mtimeMs).toString(16)}"`;
    return { path, size: stats.size, etag };
  } catch {
    return 404;
  }
}

/**
 * What an `If-None-Match` header says about a file.
 * @param {string | undefined} header
 * @param {string} etag
 */
export function matchesEtag(header, etag) {
  if (header === undefined) return false;
  return header.split(',').some((entry) => {
    const tag = entry.trim().replace(/^W\//, '');
    return tag === '*' || tag === etag;
  });
}

/**
 * The bytes a `Range` header asks for. Undefined means the whole file, which is also the right answer
 * to a unit or a list that this server does not support.
 * @param {string | undefined} header
 * @param {number} size
 * @returns {{ start: number, end: number } | 'unsatisfiable' | undefined} `end` is inclusive
 */
export function parseRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec((header ?? '').trim());
  if (match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= size ? 'unsatisfiable' : { start, end };
}
