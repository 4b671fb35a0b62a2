import { createHash } from 'node:crypto';

import { readAll, sha256Of, toContent, type Content, type FileSource } from './content';
import { blobId, commitId, lfsPointer, treeIds } from './git';
import { isLfs, patternsOf, type LfsRules } from './lfs-rules';

export type RepoType = 'model' | 'dataset';

export interface RepoOptions {
  type?: RepoType;
  private?: boolean;
  gated?: false | 'auto' | 'manual';
  /** Users who may read it while it is private, or who were let in while it is gated; its owner always may. */
  readers?: readonly string[];
  /** Whether its LFS files are served by Xet's bridge, as nearly all are today. */
  xet?: boolean;
  lfs?: Partial<LfsRules>;
  license?: string;
  pipelineTag?: string;
  libraryName?: string;
}

/** A file at a commit. */
export interface Entry {
  path: string;
  content: Content;
  /** Git's own id: of the file, or of the pointer in place of it. */
  oid: string;
  lfs: { sha256: string; pointer: Uint8Array; xetHash: string | undefined } | undefined;
}

export interface Commit {
  sha: string;
  title: string;
  /** ISO 8601 */
  date: string;
  entries: ReadonlyMap<string, Entry>;
  /** Git's ids of the folders by path; the root's is under ''. */
  folders: ReadonlyMap<string, string>;
}

export interface CommitOptions {
  branch?: string;
  title?: string;
  date?: string;
}

/** A repository: its commits, and the names that point to one. */
export class Repo {
  readonly id: string;
  /** The Hub's key of it, 24 hex digits; part of the CDN's URLs. */
  readonly key: string;
  readonly type: RepoType;
  readonly options: RepoOptions;
  readonly commits = new Map<string, Commit>();
  /** Branches, tags and refs. */
  readonly refs = new Map<string, string>();
  #latest: string | undefined;

  constructor(id: string, options: RepoOptions = {}) {
    this.id = id;
    this.options = options;
    this.type = options.type ?? 'model';
    this.key = hexOf('sha256', `${this.type} ${id}`).slice(0, 24);
  }

  get owner(): string {
    return this.id.includes('/') ? this.id.slice(0, this.id.indexOf('/')) : '';
  }

  /** Makes a commit that holds exactly these files, and points the branch to it; gives the commit's id back. */
  async commit(
    files: Readonly<Record<string, FileSource>>,
    options: CommitOptions = {},
  ): Promise<string> {
    const { branch = 'main', title = 'Upload files', date = '2026-10-01T12:00:00.000Z' } = options;
    const rules = await this.#lfsRules(files);
    const entries = new Map<string, Entry>();
    for (const path of Object.keys(files).sort()) {
      entries.set(path, await this.#entry(path, toContent(files[path] ?? ''), rules));
    }
    const folders = treeIds(new Map([...entries].map(([path, { oid }]) => [path, oid])));
    const seconds = Math.floor(Date.parse(date) / 1000);
    const tree = folders.get('') ?? '';
    const sha = commitId({ tree, parent: this.#latest, seconds, title });
    this.commits.set(sha, { sha, title, date, entries, folders });
    this.refs.set(branch, sha);
    this.#latest = sha;
    return sha;
  }

  /** The commit that a branch, a tag or a full commit id stands for. */
  at(revision: string): Commit | undefined {
    const name = revision === 'HEAD' ? 'main' : revision;
    return this.commits.get(this.refs.get(name) ?? name);
  }

  /** The file behind the name that an object has on the CDN; one of the given name, if several are the same. */
  object(name: string, fileName: string): Entry | undefined {
    const same = [...this.commits.values()]
      .flatMap(({ entries }) => [...entries.values()])
      .filter(({ lfs }) => lfs?.xetHash === name || lfs?.sha256 === name);
    return same.find(({ path }) => path.endsWith(fileName)) ?? same[0];
  }

  async #lfsRules(files: Readonly<Record<string, FileSource>>): Promise<LfsRules> {
    const { fromBytes = 10_000_000, patterns = [] } = this.options.lfs ?? {};
    const attributes = files['.gitattributes'];
    if (attributes === undefined) return { fromBytes, patterns };
    const text = new TextDecoder().decode(await readAll(toContent(attributes)));
    return { fromBytes, patterns: [...patterns, ...patternsOf(text)] };
  }

  async #entry(path: string, content: Content, rules: LfsRules): Promise<Entry> {
    if (!isLfs(path, content.size, rules)) {
      return { path, content, oid: blobId(await readAll(content)), lfs: undefined };
    }
    const sha256 = await sha256Of(content);
    const pointer = lfsPointer(sha256, content.size);
    // Stands for Xet's Merkle hash, which only Xet's own transfer could check; that is not spoken here.
    const xetHash = this.options.xet === false ? undefined : hexOf('sha256', `xet ${sha256}`);
    return { path, content, oid: blobId(pointer), lfs: { sha256, pointer, xetHash } };
  }
}

/** A repository with one commit on `main`. */
export async function buildRepo(
  id: string,
  files: Readonly<Record<string, FileSource>>,
  options: RepoOptions = {},
): Promise<Repo> {
  const repo = new Repo(id, options);
  await repo.commit(files);
  return repo;
}

function hexOf(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest('hex');
}
