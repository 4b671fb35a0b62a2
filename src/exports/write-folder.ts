import type { Sidecar } from './sidecars';

/** What to do where a file of that name is there already. */
export type IfThere = 'keep' | 'replace';

export interface FolderReport {
  readonly written: number;
  readonly kept: number;
}

/**
 * Writes text files into a folder that the user picked, in the folders of their paths, which are made where they are missing.
 * @throws DOMException where the browser does not allow it; what was written until then stays.
 */
export async function writeSidecars(
  folder: FileSystemDirectoryHandle,
  sidecars: readonly Sidecar[],
  ifThere: IfThere,
): Promise<FolderReport> {
  let written = 0;
  let kept = 0;
  for (const { path, text } of sidecars) {
    const { parent, name } = await placeOf(folder, path);
    if (ifThere === 'keep' && (await has(parent, name))) {
      kept += 1;
      continue;
    }
    const file = await parent.getFileHandle(name, { create: true });
    const stream = await file.createWritable();
    try {
      await stream.write(text);
    } finally {
      await stream.close();
    }
    written += 1;
  }
  return { written, kept };
}

/**
 * The picked folder may be the one that the pictures came from: its own name, which leads their paths, is then left out.
 * Parts that lead out of a folder are dropped.
 */
async function placeOf(
  folder: FileSystemDirectoryHandle,
  path: string,
): Promise<{ parent: FileSystemDirectoryHandle; name: string }> {
  const parts = path.split('/').filter((part) => !/^\.{0,2}$/u.test(part));
  const name = parts.pop() ?? 'caption.txt';
  const inside = parts[0] === folder.name ? parts.slice(1) : parts;
  let parent = folder;
  for (const part of inside) parent = await parent.getDirectoryHandle(part, { create: true });
  return { parent, name };
}

async function has(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await folder.getFileHandle(name);
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return false;
    throw error;
  }
}
