import { failures } from './http/failure';
import type { Repo } from './repo/repo';

/** An access token that the server knows. */
export interface TokenGrant {
  token: string;
  user: string;
  role?: 'read' | 'write' | 'fineGrained';
  /** Whether a fine-grained token may open public gated repositories. */
  gatedRepos?: boolean;
}

export type Caller =
  { kind: 'anonymous' } | { kind: 'invalid' } | { kind: 'user'; grant: TokenGrant };

export class Access {
  readonly #grants = new Map<string, TokenGrant>();

  allow(grant: TokenGrant): void {
    this.#grants.set(grant.token, grant);
  }

  revoke(token: string): void {
    this.#grants.delete(token);
  }

  caller(authorization: string | undefined): Caller {
    if (authorization === undefined) return { kind: 'anonymous' };
    const grant = this.#grants.get(authorization.replace(/^Bearer /i, ''));
    return grant === undefined ? { kind: 'invalid' } : { kind: 'user', grant };
  }

  /** The repository's card and list of files: those of a gated one are for everybody. */
  readable(repo: Repo | undefined, caller: Caller): Repo {
    const hidden = repo === undefined || (repo.options.private === true && !isIn(repo, caller));
    if (!hidden) return repo;
    if (caller.kind === 'anonymous') throw failures.unauthorized();
    throw caller.kind === 'invalid' ? failures.invalidToken() : failures.repoNotFound();
  }

  /** The repository's files. */
  downloadable(repo: Repo | undefined, caller: Caller): Repo {
    const found = this.readable(repo, caller);
    if ((found.options.gated ?? false) === false) return found;
    // The Hub answers a wrong token as it answers none.
    if (caller.kind !== 'user') throw failures.gatedLogIn(found.id, found.type);
    if (!isIn(found, caller)) throw failures.gatedAsk(found.id, found.type);
    const { role, gatedRepos = false } = caller.grant;
    if (role === 'fineGrained' && !gatedRepos) throw failures.tokenScope();
    return found;
  }
}

function isIn(repo: Repo, caller: Caller): boolean {
  if (caller.kind !== 'user') return false;
  const { user } = caller.grant;
  return user === repo.owner || (repo.options.readers ?? []).includes(user);
}
