/** A file of a repository, as far as it is needed to find pictures. */
export interface RepositoryFile {
  readonly path: string;
  readonly bytes: number;
}

const PICTURE = /\.(?:png|jpe?g|webp|gif|bmp|avif|tiff?|heic|heif)$/iu;
const ARCHIVE = /\.(?:zip|tar|tar\.gz|tgz|7z|rar|arrow)$/iu;
/** Captions beside pictures, as the `datasets` library reads them (imagefolder). */
const METADATA = /(?:^|\/)metadata\.(?:jsonl|csv)$/iu;

/** The pictures of a folder, or the one that the path is of, by name. */
export function picturesIn<File extends RepositoryFile>(
  files: readonly File[],
  folder = '',
): readonly File[] {
  return files
    .filter(({ path }) => PICTURE.test(path) && isIn(path, folder))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function hasArchives(files: readonly RepositoryFile[]): boolean {
  return files.some(({ path }) => ARCHIVE.test(path));
}

export function metadataFiles<File extends RepositoryFile>(
  files: readonly File[],
): readonly File[] {
  return files.filter(({ path }) => METADATA.test(path));
}

/** Folders with pictures somewhere below, each with their number and size; first '', which is all. */
export function pictureFolders(
  pictures: readonly RepositoryFile[],
): readonly { readonly folder: string; readonly count: number; readonly bytes: number }[] {
  const folders = new Map<string, { count: number; bytes: number }>();
  for (const { path, bytes } of pictures) {
    const parts = path.split('/').slice(0, -1);
    for (let depth = 0; depth <= parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join('/');
      const known = folders.get(folder) ?? { count: 0, bytes: 0 };
      folders.set(folder, { count: known.count + 1, bytes: known.bytes + bytes });
    }
  }
  return [...folders]
    .map(([folder, sums]) => ({ folder, ...sums }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The folder to list for a path: its own where it names a file. */
export function folderOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!/\.[A-Za-z\d]{2,8}$/u.test(name)) return path;
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function isIn(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Texts of pictures by path, from the rows of metadata files. */
export class PictureTexts {
  readonly #texts = new Map<string, Readonly<Record<string, string>>>();
  readonly #columns = new Set<string>();

  get columns(): readonly string[] {
    return [...this.#columns];
  }

  /** @param folder of the metadata file, which its paths are relative to */
  add(folder: string, row: unknown): void {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return;
    const { file_name: name, ...rest } = row as Record<string, unknown>;
    if (typeof name !== 'string') return;
    const texts: Record<string, string> = {};
    for (const [column, text] of Object.entries(rest)) {
      if (typeof text !== 'string' || text.trim() === '') continue;
      texts[column] = text;
      this.#columns.add(column);
    }
    this.#texts.set(folder === '' ? name : `${folder}/${name}`, texts);
  }

  of(path: string, column: string): string | undefined {
    const texts = this.#texts.get(path);
    return texts !== undefined && Object.hasOwn(texts, column) ? texts[column] : undefined;
  }
}
