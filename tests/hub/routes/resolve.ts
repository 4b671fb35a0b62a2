import { contentDisposition } from '../signature';
import type { Exchange } from '../http/exchange';
import { sendFile } from '../http/send-file';
import type { Params, Route } from '../http/site';
import { bytesContent } from '../repo/content';
import type { Commit, Entry, Repo } from '../repo/repo';
import { findCommit, findEntry, findRepo } from './find';
import { ID, REVISION } from './paths';

const XET_INFO = 'application/vnd.xet-fileinfo+json';

interface Found {
  repo: Repo;
  commit: Commit;
  entry: Entry;
}

function filePattern(verb: string): RegExp {
  return new RegExp(`^/(?:(?<type>datasets)/)?${ID}/${verb}/${REVISION}/(?<path>.+)$`);
}

function find(exchange: Exchange, params: Params): Found {
  const repo = findRepo(exchange, params, 'downloadable');
  const commit = findCommit(repo, params.revision);
  exchange.setHeaders({ 'X-Repo-Commit': commit.sha });
  return { repo, commit, entry: findEntry(commit, params.path) };
}

/**
 * `GET /ID/resolve/REV/PATH`: a file that git holds is 307 to the same origin, one that LFS holds 302 to the CDN.
 * Asked for `vnd.xet-fileinfo+json`, a file that Xet holds is described instead.
 */
export const resolve: Route = {
  method: 'GET',
  pattern: filePattern('resolve'),
  stage: 'resolve',
  async answer(exchange, params) {
    const found = find(exchange, params);
    const { entry } = found;
    exchange.setHeaders({ 'Accept-Ranges': 'bytes', ...linkedHeaders(entry) });
    if (entry.lfs === undefined) {
      await exchange.redirect(307, cachedUrl(found, exchange.url), {});
      return;
    }
    const { xetHash } = entry.lfs;
    if (xetHash !== undefined) exchange.setHeaders(xetHeaders(exchange, found, xetHash));
    if (xetHash !== undefined && exchange.header('accept')?.includes(XET_INFO) === true) {
      const info = { hash: xetHash, size: entry.content.size };
      await exchange.sendJson(info, 200, { 'Content-Type': `${XET_INFO}; charset=utf-8` });
      return;
    }
    await exchange.redirect(302, signedUrl(exchange, found, entry.lfs), warning(exchange));
  },
};

/** `GET /ID/raw/REV/PATH`: what git holds, which for an LFS file is the pointer. */
export const raw: Route = {
  method: 'GET',
  pattern: filePattern('raw'),
  stage: 'content',
  async answer(exchange, params) {
    const { entry } = find(exchange, params);
    const content = entry.lfs === undefined ? entry.content : bytesContent(entry.lfs.pointer);
    await sendFile(exchange, content, {
      ETag: `"${entry.oid}"`,
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; sandbox",
    });
  },
};

function linkedHeaders({ content, oid, lfs }: Entry): Record<string, string> {
  return { 'X-Linked-Size': String(content.size), 'X-Linked-ETag': `"${lfs?.sha256 ?? oid}"` };
}

function xetHeaders(
  { services }: Exchange,
  { repo, commit }: Found,
  hash: string,
): Record<string, string> {
  const auth = `${services.origins.hub}/api/${repo.type}s/${repo.id}/xet-read-token/${commit.sha}`;
  const info = `${services.origins.cdn}/v1/reconstructions/${hash}`;
  const link = `<${auth}>; rel="xet-auth", <${info}>; rel="xet-reconstruction-info"`;
  return { 'X-Xet-Hash': hash, Link: link };
}

function cachedUrl({ repo, commit, entry }: Found, asked: URL): string {
  const path = encodePath(entry.path);
  const query = `${encodeURIComponent(decodeURIComponent(asked.pathname))}=&etag=%22${entry.oid}%22`;
  return `/api/resolve-cache/${repo.type}s/${repo.id}/${commit.sha}/${path}?${query}`;
}

function signedUrl(
  exchange: Exchange,
  { repo, entry }: Found,
  { sha256, xetHash }: NonNullable<Entry['lfs']>,
): string {
  const { origins, signer, access } = exchange.services;
  const folder = xetHash === undefined ? `repos/${sha256.slice(0, 2)}` : 'xet-bridge-us';
  const url = new URL(`${origins.cdn}/${folder}/${repo.key}/${xetHash ?? sha256}`);
  const caller = access.caller(exchange.header('authorization'));
  const user = caller.kind === 'user' ? caller.grant.user : 'public';
  return signer.sign(url, fileName(entry.path), user).href;
}

function warning(exchange: Exchange): Record<string, string> {
  if (exchange.header('authorization') !== undefined) return {};
  return {
    'X-HF-Warning':
      'unauthenticated; Please set a HF_TOKEN to enable higher rate limits and faster downloads.',
  };
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

export function inlineAs(path: string): Record<string, string> {
  return { 'Content-Disposition': contentDisposition(fileName(path)) };
}
