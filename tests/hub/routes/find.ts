import type { Exchange } from '../http/exchange';
import { failures } from '../http/failure';
import type { Params } from '../http/site';
import type { Commit, Entry, Repo } from '../repo/repo';

/** The repository that the path names, if the caller may see it or, for its files, download from it. */
export function findRepo(
  exchange: Exchange,
  params: Params,
  right: 'readable' | 'downloadable',
): Repo {
  const type = params.type === 'datasets' ? 'dataset' : 'model';
  const { access, repos } = exchange.services;
  const caller = access.caller(exchange.header('authorization'));
  return access[right](repos.get(params.id ?? '', type), caller);
}

export function findCommit(repo: Repo, revision = 'main'): Commit {
  const commit = repo.at(revision);
  if (commit === undefined) throw failures.revisionNotFound(revision);
  return commit;
}

export function findEntry(commit: Commit, path: string | undefined): Entry {
  const entry = commit.entries.get(path ?? '');
  if (entry === undefined) throw failures.entryNotFound();
  return entry;
}
