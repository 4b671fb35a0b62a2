import type { Route } from '../http/site';
import type { Commit, Repo } from '../repo/repo';
import { findCommit, findRepo } from './find';
import { apiPattern, ID, REVISION } from './paths';

/** `GET /api/models/ID` and `/revision/REV`: the commit, the files' names, the licence. */
export const modelInfo: Route = {
  method: 'GET',
  pattern: apiPattern(`${ID}(?:/revision/${REVISION})?`),
  stage: 'api',
  async answer(exchange, params) {
    const repo = findRepo(exchange, params, 'readable');
    const commit = findCommit(repo, params.revision);
    const { searchParams } = exchange.url;
    const expand = [...searchParams.getAll('expand'), ...searchParams.getAll('expand[]')];
    const whole = infoJson(repo, commit, searchParams.get('blobs') === 'true');
    const names = ['_id', 'id', ...expand];
    const chosen = Object.entries(whole).filter(([name]) => names.includes(name));
    const body = expand.length === 0 ? whole : Object.fromEntries(chosen);
    await exchange.sendJson(body, 200, { 'X-Repo-Commit': commit.sha });
  },
};

function infoJson(repo: Repo, commit: Commit, blobs: boolean): Record<string, unknown> {
  const { options } = repo;
  const license = options.license === undefined ? {} : { license: options.license };
  const tags = options.license === undefined ? [] : [`license:${options.license}`];
  const common = {
    _id: repo.key,
    id: repo.id,
    author: repo.owner,
    sha: commit.sha,
    lastModified: commit.date,
    createdAt: [...repo.commits.values()][0]?.date,
    private: options.private ?? false,
    gated: options.gated ?? false,
    disabled: false,
    downloads: 0,
    likes: 0,
    tags,
    cardData: license,
    usedStorage: [...commit.entries.values()].reduce((sum, { content }) => sum + content.size, 0),
    siblings: siblingsJson(commit, blobs),
  };
  if (repo.type === 'dataset') return common;
  const { pipelineTag = 'image-text-to-text', libraryName = 'transformers.js' } = options;
  return { ...common, modelId: repo.id, pipeline_tag: pipelineTag, library_name: libraryName };
}

function siblingsJson({ entries }: Commit, blobs: boolean): object[] {
  return [...entries.values()].map(({ path, oid, content, lfs }) => ({
    rfilename: path,
    ...(blobs && {
      blobId: oid,
      size: content.size,
      ...(lfs && {
        lfs: { sha256: lfs.sha256, size: content.size, pointerSize: lfs.pointer.length },
      }),
    }),
  }));
}
