// The static server of the built app: behind `npm start`, the browser tests and the bench.
// Alone: node scripts/serve.mjs [--root dist] [--port 4173] [--host 127.0.0.1] [--no-isolation]
import './require-node.mjs';

import { createReadStream, existsSync } from 'node:fs';
import http from 'node:http';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream';
import util from 'node:util';

import { cacheControl, contentType, ISOLATION_HEADERS, SECURITY_HEADERS } from './headers.mjs';
import { DIST, isMain } from './paths.mjs';
import { Problem, runMain, say } from './problem.mjs';
import { findFile, matchesEtag, parseRange, requestedPath } from './static-file.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {string} [root] the folder to serve
 * @property {number} [port] 0, the default, takes any free one
 * @property {string} [host]
 * @property {boolean} [isolation] whether pages are cross-origin isolated
 * @property {(pathname: string) => boolean} [block] paths that are answered as if they were not there
 */

/**
 * @typedef {object} Server
 * @property {string} url ends with a slash
 * @property {number} port
 * @property {() => Promise<void>} close
 */

/**
 * Serves a folder until it is closed; rejects, as `listen` does, when the port is taken.
 * @param {ServerOptions} [options]
 * @returns {Promise<Server>}
 */
export function startServer(options = {}) {
  const { root = DIST, port = 0, host = '127.0.0.1', isolation = true, block } = options;
  const server = http.createServer((request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    if (isolation) {
      for (const [name, value] of Object.entries(ISOLATION_HEADERS)) {
        response.setHeader(name, value);
      }
    }
    answer(request, response, root, block).catch((/** @type {unknown} */ error) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      resolve({ url: urlOf(host, taken), port: taken, close: () => close(server) });
    });
  });
}

/**
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {string} root
 * @param {((pathname: string) => boolean) | undefined} block
 */
async function answer(request, response, root, block) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return sendText(response, 405);
  }
  const pathname = requestedPath(request.url ?? '');
  if (pathname === undefined) return sendText(response, 400);
  if (block?.(pathname) === true) return sendText(response, 404);
  const file = await findFile(root, pathname);
  if (typeof file === 'number') return sendText(response, file);

  response.setHeader('Cache-Control', cacheControl(pathname));
  response.setHeader('ETag', file.etag);
  response.setHeader('Accept-Ranges', 'bytes');
  if (matchesEtag(request.headers['if-none-match'], file.etag)) {
    response.writeHead(304).end();
    return undefined;
  }
  response.setHeader('Content-Type', contentType(file.path));

  const asked = wantsWholeFile(request, file.etag) ? undefined : request.headers.range;
  const range = parseRange(asked, file.size);
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${String(file.size)}`);
    return sendText(response, 416);
  }
  const { start, end } = range ?? { start: 0, end: file.size - 1 };
  if (range !== undefined) {
    response.setHeader(
      'Content-Range',
      `bytes ${String(start)}-${String(end)}/${String(file.size)}`,
    );
  }
  response.writeHead(range === undefined ? 200 : 206, { 'Content-Length': end - start + 1 });
  if (request.method === 'HEAD' || end < start) {
    response.end();
    return undefined;
  }
  // A browser that goes away in the middle is no error of the server's.
  pipeline(createReadStream(file.path, { start, end }), response, () => undefined);
  return undefined;
}

/**
 * Whether a Range header is void: on HEAD, or when the file is no longer the one that `If-Range` names.
 * @param {http.IncomingMessage} request
 * @param {string} etag
 */
function wantsWholeFile(request, etag) {
  const condition = request.headers['if-range'];
  return request.method === 'HEAD' || (condition !== undefined && condition !== etag);
}

/**
 * @param {http.ServerResponse} response
 * @param {number} status
 */
function sendText(response, status) {
  const body = `${String(status)} ${http.STATUS_CODES[status] ?? ''}\n`;
  response.setHeader('Cache-Control', 'no-store');
  response.removeHeader('ETag');
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  // Node leaves the body out by itself where the request was HEAD.
  response.end(body);
}

/**
 * @param {http.Server} server
 * @returns {Promise<void>}
 */
function close(server) {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * @param {string} host
 * @param {number} port
 */
function urlOf(host, port) {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const name = reachable.includes(':') ? `[${reachable}]` : reachable;
  return `http://${name}:${String(port)}/`;
}

/**
 * The value of a `--port` option.
 * @param {string} text
 * @returns {number}
 */
export function parsePort(text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Problem(`--port wants a number from 0 to 65535, not "${text}".`);
}

/** @param {unknown} error */
export function isPortTaken(error) {
  return codeOf(error) === 'EADDRINUSE';
}

/**
 * Why a server could not listen, as a sentence where the reason is a known one.
 * @param {unknown} error
 * @param {string} host
 * @param {number} port
 * @returns {unknown}
 */
export function listenProblem(error, host, port) {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') return new Problem(`Port ${String(port)} is taken.`);
  if (code === 'EACCES') return new Problem(`Port ${String(port)} needs more rights than this.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new Problem(`This machine has no address ${host}.`);
  }
  return error;
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Ends the process, cleanly, at Ctrl-C or when it is told to. @param {Server} server */
export function closeOnSignal(server) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  }
}

async function main() {
  const { values } = util.parseArgs({
    options: {
      root: { type: 'string', default: DIST },
      port: { type: 'string', default: '4173' },
      host: { type: 'string', default: '127.0.0.1' },
      'no-isolation': { type: 'boolean', default: false },
    },
  });
  const root = resolve(values.root);
  if (!existsSync(join(root, 'index.html'))) {
    throw new Problem(`There is no index.html in ${root}: build first, with npm run build.`);
  }
  const { host } = values;
  const port = parsePort(values.port);
  const server = await startServer({ root, port, host, isolation: !values['no-isolation'] }).catch(
    (/** @type {unknown} */ error) => {
      throw listenProblem(error, host, port);
    },
  );
  closeOnSignal(server);
  say(`Serving ${root} at ${server.url}`);
}

if (isMain(import.meta.url)) await runMain(main);
