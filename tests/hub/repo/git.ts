import { createHash } from 'node:crypto';

/** The object names that git itself would give: SHA-1 over a header and the bytes. */
function objectId(kind: 'blob' | 'tree' | 'commit', bytes: Uint8Array): string {
  return createHash('sha1').update(`${kind} ${bytes.length}\0`).update(bytes).digest('hex');
}

export function blobId(bytes: Uint8Array): string {
  return objectId('blob', bytes);
}

/** What git holds in place of a file that LFS holds (git-lfs, docs/spec.md). */
export function lfsPointer(sha256: string, size: number): Uint8Array {
  const text = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${size}\n`;
  return new TextEncoder().encode(text);
}

/** The ids of all folders by path, the root's under '' (git, Documentation/gitformat-pack). */
export function treeIds(blobs: ReadonlyMap<string, string>): Map<string, string> {
  const ids = new Map<string, string>();
  const idOf = (folder: string): string => {
    const prefix = folder === '' ? '' : `${folder}/`;
    const rows = new Map<string, Buffer>();
    for (const [path, blob] of blobs) {
      if (!path.startsWith(prefix)) continue;
      const [name = '', ...rest] = path.slice(prefix.length).split('/');
      const isFolder = rest.length > 0;
      const key = isFolder ? `${name}/` : name;
      if (rows.has(key)) continue;
      const id = isFolder ? idOf(prefix + name) : blob;
      const mode = isFolder ? '40000' : '100644';
      rows.set(key, Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]));
    }
    // Git orders folders as if their names ended in a slash.
    const sorted = [...rows].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const id = objectId('tree', Buffer.concat(sorted.map(([, row]) => row)));
    ids.set(folder, id);
    return id;
  };
  idOf('');
  return ids;
}

export function commitId(fields: {
  tree: string;
  parent: string | undefined;
  seconds: number;
  title: string;
}): string {
  const who = `someone <someone@example.org> ${fields.seconds} +0000`;
  const parent = fields.parent === undefined ? '' : `parent ${fields.parent}\n`;
  const text = `tree ${fields.tree}\n${parent}author ${who}\ncommitter ${who}\n\n${fields.title}\n`;
  return objectId('commit', new TextEncoder().encode(text));
}
