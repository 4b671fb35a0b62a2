import type { Exchange } from '../http/exchange';
import { failures } from '../http/failure';
import type { Route } from '../http/site';
import type { Commit } from '../repo/repo';
import { fileJson, folderJson } from './entry-json';
import { findCommit, findRepo } from './find';
import { apiPattern, ID, REVISION } from './paths';

/** `GET /api/models/ID/tree/REV[/PATH]`: files with size and SHA-256, a page at a time. */
export const tree: Route = {
  method: 'GET',
  pattern: apiPattern(`${ID}/tree/${REVISION}(?:/(?<folder>.+))?`),
  stage: 'api',
  async answer(exchange, params) {
    const repo = findRepo(exchange, params, 'readable');
    const revision = params.revision ?? 'main';
    const commit = findCommit(repo, revision);
    const folder = params.folder ?? '';
    if (!commit.folders.has(folder)) {
      throw failures.entryNotFound(`${folder} does not exist on "${revision}"`);
    }
    const { searchParams } = exchange.url;
    const expand = isTrue(searchParams.get('expand'));
    const paths = pathsIn(commit, folder, isTrue(searchParams.get('recursive')));
    const { page, next } = pageOf(exchange, paths, expand);
    const rows = page.map((path) => {
      const entry = commit.entries.get(path);
      if (entry !== undefined) return fileJson(entry, commit, expand);
      return folderJson(path, commit, expand);
    });
    const link = next === undefined ? {} : { Link: `<${next.href}>; rel="next"` };
    await exchange.sendJson(rows, 200, { 'X-Repo-Commit': commit.sha, ...link });
  },
};

function isTrue(text: string | null): boolean {
  return text === 'true' || text === '1';
}

/** Folders first, then files, each by name. */
function pathsIn(commit: Commit, folder: string, recursive: boolean): string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const isInside = (path: string): boolean =>
    path !== '' &&
    path.startsWith(prefix) &&
    (recursive || !path.slice(prefix.length).includes('/'));
  return [...commit.folders.keys(), ...commit.entries.keys()].filter(isInside);
}

/** The page that starts where the cursor says, and the URL of the next one. */
function pageOf(
  { url, services }: Exchange,
  paths: readonly string[],
  expand: boolean,
): { page: readonly string[]; next: URL | undefined } {
  const most = expand ? Math.min(50, services.treePageSize) : services.treePageSize;
  const limit = Math.min(most, Number(url.searchParams.get('limit') ?? most));
  const start = cursorStart(url.searchParams.get('cursor'));
  const page = paths.slice(start, start + limit);
  if (start + limit >= paths.length) return { page, next: undefined };
  const next = new URL(url);
  next.searchParams.set('limit', String(limit));
  next.searchParams.set('cursor', Buffer.from(`${start + limit}`).toString('base64url'));
  return { page, next };
}

function cursorStart(cursor: string | null): number {
  if (cursor === null) return 0;
  const start = Number(Buffer.from(cursor, 'base64url').toString());
  if (!Number.isInteger(start)) throw failures.badRequest('Invalid cursor');
  return start;
}
