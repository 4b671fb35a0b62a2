/** Paths of the Hub's API and of its files, below an endpoint. Nothing secret is ever part of one. */

/** The repository at a revision: its commit, licence, tags. */
export function infoUrl(endpoint: string, repository: string, revision: string): string {
  return `${endpoint}/api/models/${repository}/revision/${encodeURIComponent(revision)}`;
}

/** All files of a commit, a page at a time. */
export function treeUrl(
  endpoint: string,
  repository: string,
  revision: string,
  cursor?: string,
): string {
  const query = new URLSearchParams({ recursive: 'true', expand: 'false' });
  if (cursor !== undefined) query.set('cursor', cursor);
  return `${endpoint}/api/models/${repository}/tree/${encodeURIComponent(revision)}?${query.toString()}`;
}

export function fileUrl(
  endpoint: string,
  repository: string,
  revision: string,
  path: string,
): string {
  return `${endpoint}/${repository}/resolve/${encodeURIComponent(revision)}/${encodePath(path)}`;
}

export function whoAmIUrl(endpoint: string): string {
  return `${endpoint}/api/whoami-v2`;
}

export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/**
 * The cursor of the next page, from a `Link` header. Only the cursor is taken over: the address in it may be another host's,
 * which must not get the token.
 */
export function nextCursor(link: string | null): string | undefined {
  const next = /<([^>]+)>\s*;\s*rel="?next"?/u.exec(link ?? '')?.[1];
  if (next === undefined || !URL.canParse(next, 'https://hub.invalid')) return undefined;
  return new URL(next, 'https://hub.invalid').searchParams.get('cursor') ?? undefined;
}
