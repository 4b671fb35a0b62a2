import { containedKey, filePath } from '../core/image';
import { isHiddenName } from '../core/picture-names';
import { byFolder, picturesOf, type ContainedFile } from './contained';
import { fileCandidate, type Candidate } from './intake';
import { asSourceError } from './source-error';

interface HandleFile extends ContainedFile {
  readonly handle: FileSystemFileHandle;
}

/**
 * The pictures below a folder that stay where they are: of each its place is remembered, and no copy is made.
 * @throws AppError `folder-empty`, `source-…`
 */
export function picturesOfFolder(
  folder: FileSystemDirectoryHandle,
  handleId: string,
  onLeftOut: (count: number) => void,
): AsyncGenerator<Candidate> {
  return picturesOf(foldersBelow(folder), {
    empty: 'folder-empty',
    onLeftOut,
    toCandidate: async ({ path, handle }, beside) => {
      const { size: bytes, lastModified: modifiedAt } = await fileOf(handle, path);
      return {
        id: containedKey(folder.name, { path, bytes, modifiedAt }),
        name: handle.name,
        source: { kind: 'folder', handleId, path, modifiedAt },
        // Taken anew: with thousands of pictures it may be minutes since it was listed.
        open: () => fileOf(handle, path),
        ...beside,
      };
    },
  });
}

/**
 * The pictures of files that were picked, or dropped, and are copied. Those of a folder are looked through as a folder is, of single
 * ones each that is no picture is refused by its name.
 * @throws AppError `folder-empty`
 */
export async function* picturesOfFiles(
  files: readonly File[],
  onLeftOut: (count: number) => void,
): AsyncGenerator<Candidate> {
  const all = files.map((file) => ({
    path: filePath(file),
    file,
    open: () => Promise.resolve(file),
  }));
  const single = all.filter(({ path }) => !path.includes('/'));
  const inFolders = all.filter(({ path }) => path.includes('/'));
  type Picked = (typeof all)[number];
  const toCandidate = ({ file }: Picked, beside: Pick<Candidate, 'sidecar'>): Candidate => ({
    ...fileCandidate(file),
    ...beside,
  });
  yield* picturesOf([single], { isPicked: true, toCandidate });
  if (inFolders.length > 0)
    yield* picturesOf(byFolder(inFolders), { empty: 'folder-empty', onLeftOut, toCandidate });
}

/** The files of one folder at a time, without those of the system. @throws AppError `source-…` */
async function* foldersBelow(
  root: FileSystemDirectoryHandle,
): AsyncGenerator<readonly HandleFile[]> {
  const waiting: { readonly path: string; readonly folder: FileSystemDirectoryHandle }[] = [
    { path: '', folder: root },
  ];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { path, folder } = next;
    const files: HandleFile[] = [];
    try {
      for await (const [name, handle] of folder.entries()) {
        if (isHiddenName(name)) continue;
        const below = path === '' ? name : `${path}/${name}`;
        if (handle.kind === 'directory') waiting.push({ path: below, folder: handle });
        else {
          const file = handle;
          files.push({ path: below, handle: file, open: () => fileOf(file, below) });
        }
      }
    } catch (error) {
      throw asSourceError(error, path === '' ? root.name : path);
    }
    yield files;
  }
}

async function fileOf(handle: FileSystemFileHandle, path: string): Promise<File> {
  try {
    return await handle.getFile();
  } catch (error) {
    throw asSourceError(error, path);
  }
}
