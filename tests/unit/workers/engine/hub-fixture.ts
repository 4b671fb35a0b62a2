import type { FetchedSoFar } from '../../../../src/core/download';
import type { Patience } from '../../../../src/core/hub/back-off';
import type { EnsureRequest } from '../../../../src/core/protocol';
import type { ModelFile } from '../../../../src/models/spec';
import type { Hub, Repo } from '../../../hub/index';

/** Where people wait for half a minute. */
export const IMPATIENT: Patience = {
  stallMs: 1500,
  pausesMs: [20, 20],
  limitedPausesMs: [20, 20, 20],
};

/** All files of a repository's only commit, as its tree lists them. */
export function filesOf(repo: Repo): readonly ModelFile[] {
  return [...repo.at('main')!.entries.values()].map(({ path, content, oid, lfs }) =>
    lfs === undefined
      ? { path, bytes: content.size, gitOid: oid }
      : { path, bytes: content.size, sha256: lfs.sha256 },
  );
}

export function ensureRequest(hub: Hub, repo: Repo, token?: string): EnsureRequest {
  return {
    taskId: 'task',
    modelId: repo.id,
    revision: repo.refs.get('main')!,
    files: filesOf(repo),
    origin: {
      kind: 'hub',
      repository: repo.id,
      access: { endpoint: hub.url, ...(token === undefined ? {} : { token }) },
    },
  };
}

/** What was told of a download. */
export function recorder(): {
  readonly told: FetchedSoFar[];
  readonly on: (now: FetchedSoFar) => void;
} {
  const told: FetchedSoFar[] = [];
  return { told, on: (now) => told.push(now) };
}
