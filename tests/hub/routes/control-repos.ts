import type { Route } from '../http/site';

/** What is served, and where. */
export const repoRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: /^\/repos$/,
    stage: 'api',
    async answer(exchange) {
      const { repos, origins } = exchange.services;
      const rows = repos.all().map((repo) => ({
        id: repo.id,
        type: repo.type,
        options: repo.options,
        refs: Object.fromEntries(repo.refs),
        files: [...(repo.at('main')?.entries.values() ?? [])].map(({ path, content, lfs }) => ({
          path,
          size: content.size,
          sha256: lfs?.sha256,
        })),
      }));
      await exchange.sendJson({ origins, repos: rows });
    },
  },
];
