import type { Repo, RepoType } from './repo';

/** The repositories that are served; a model and a dataset may have the same id. */
export class RepoStore {
  readonly #repos = new Map<string, Repo>();

  add(repo: Repo): void {
    this.#repos.set(`${repo.type} ${repo.id}`, repo);
  }

  remove(id: string, type: RepoType = 'model'): void {
    this.#repos.delete(`${type} ${id}`);
  }

  get(id: string, type: RepoType = 'model'): Repo | undefined {
    return this.#repos.get(`${type} ${id}`);
  }

  withKey(key: string): Repo | undefined {
    return this.all().find((repo) => repo.key === key);
  }

  all(): Repo[] {
    return [...this.#repos.values()];
  }
}
