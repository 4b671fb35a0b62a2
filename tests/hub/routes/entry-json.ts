import type { Commit, Entry } from '../repo/repo';

/** How the tree API and paths-info describe a file. */
export function fileJson(entry: Entry, commit: Commit, expand: boolean): object {
  const { path, oid, content, lfs } = entry;
  return {
    type: 'file',
    oid,
    size: content.size,
    ...(lfs && {
      lfs: { oid: lfs.sha256, size: content.size, pointerSize: lfs.pointer.length },
      ...(lfs.xetHash !== undefined && { xetHash: lfs.xetHash }),
    }),
    path,
    ...(expand && { lastCommit: lastCommit(commit), securityFileStatus: { status: 'safe' } }),
  };
}

export function folderJson(path: string, commit: Commit, expand: boolean): object {
  const oid = commit.folders.get(path);
  return {
    type: 'directory',
    oid,
    size: 0,
    path,
    ...(expand && { lastCommit: lastCommit(commit) }),
  };
}

function lastCommit({ sha, title, date }: Commit): object {
  return { id: sha, title, date };
}
