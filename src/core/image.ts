import type { DatasetPlace } from './dataset-place';

/** Formats that a person can add. First frame only for animated ones. */
export const IMAGE_FORMATS = ['png', 'jpeg', 'webp', 'gif', 'bmp', 'avif', 'tiff', 'heic'] as const;

export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** Longest edge and area that are decoded; beyond, decoding would need more than 400 MB. */
export const MAX_IMAGE_EDGE_PX = 16_384;
export const MAX_IMAGE_AREA_PX = 100_000_000;

/** Source key at intake: path, size and time of a file, or the name of a sample. Stable over reloads. */
export type ImageId = string;

/** A file below a folder, or an entry of a ZIP, whose handle is kept. */
export interface KeptFile {
  readonly handleId: string;
  /** From the folder or the ZIP on, parts divided by "/". */
  readonly path: string;
  /** When the file, or the ZIP, was last changed, in ms since 1970: later than this, its bytes are compared. */
  readonly modifiedAt: number;
}

/** Where the bytes can be read from again. */
export type ImageSource =
  | { readonly kind: 'sample'; readonly file: string }
  /** What nothing else could bring back (single files, the clipboard, the web): bytes copied to IndexedDB under their SHA-256. */
  | { readonly kind: 'copy' }
  /** In a folder or a ZIP whose handle is kept: after a reload one click of permission brings it back. */
  | ({ readonly kind: 'folder' } & KeptFile)
  | ({ readonly kind: 'archive' } & KeptFile)
  | { readonly kind: 'dataset'; readonly place: DatasetPlace };

/** A picture that was looked into and found readable. */
export interface ImageItem {
  readonly id: ImageId;
  readonly name: string;
  /** Lower-case hex SHA-256 of the bytes: equal hashes are one image. */
  readonly sha256: string;
  readonly format: ImageFormat;
  readonly bytes: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly source: ImageSource;
  /** It moves: only its first frame is looked at. */
  readonly isAnimated?: true;
  /** Browsers don't show the file, or not upright: a JPEG is made of it whenever it is looked at. */
  readonly isConverted?: true;
  /** What somebody else says it shows, where the source has that. */
  readonly reference?: string;
  /** Name of the text file beside it that says so. */
  readonly sidecar?: string;
  readonly addedAt: number;
}

/** The handles that these pictures are read by. */
export function handleIdsOf(images: readonly Pick<ImageItem, 'source'>[]): ReadonlySet<string> {
  return new Set(
    images.flatMap(({ source }) =>
      source.kind === 'folder' || source.kind === 'archive' ? [source.handleId] : [],
    ),
  );
}

/** What is known of a file before it is read. */
interface FileFacts {
  readonly name: string;
  readonly size: number;
  readonly lastModified: number;
  readonly webkitRelativePath?: string;
}

/** Where a file lay in the folder that was chosen; its name where no folder was. */
export function filePath(file: Pick<FileFacts, 'name' | 'webkitRelativePath'>): string {
  const { name, webkitRelativePath: path } = file;
  return path === undefined || path === '' ? name : path;
}

/** The source key of what lies in a folder or an archive of that name. */
export function containedKey(
  container: string,
  file: { readonly path: string; readonly bytes: number; readonly modifiedAt: number },
): ImageId {
  const path = `${container}/${file.path}`;
  return `file:${path}:${String(file.bytes)}:${String(file.modifiedAt)}`;
}

/** The source key of a file. */
export function fileSourceKey(file: FileFacts): ImageId {
  return `file:${filePath(file)}:${String(file.size)}:${String(file.lastModified)}`;
}
