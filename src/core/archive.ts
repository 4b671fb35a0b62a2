import type { ErrorData } from './errors';

/** A file in an archive, as its table of contents has it: nothing of it was read yet. */
export interface ArchiveEntry {
  /** Parts divided by "/". */
  readonly path: string;
  /** Unpacked, as declared: unpacking stops where it is more. */
  readonly bytes: number;
  /** In ms since 1970; archives know the time to two seconds, in no time zone. */
  readonly modifiedAt: number;
  /** Why it is not unpacked. */
  readonly problem?: ErrorData;
}

/** A part of the table of contents. */
export interface ArchivePage {
  readonly entries: readonly ArchiveEntry[];
  /** Where the next part begins; null after the last. */
  readonly next: number | null;
}

/** More are not listed: each takes about 2 kB of memory. */
export const MOST_ENTRIES = 200_000;

/** No picture is larger: 100 megapixels of four 16-bit channels are 800 MB, and those are packed. */
export const MOST_ENTRY_BYTES = 512 * 1024 ** 2;

/** A picture is packed already; what shrinks to less than a hundredth, and is not small, is empty space. */
const MOST_RATIO = 100;
const HARMLESS_BYTES = 16 * 1024 ** 2;

/** Whether so many bytes that come out of so few are made to fill the memory. */
export function isBomb(packedBytes: number, bytes: number): boolean {
  if (bytes > MOST_ENTRY_BYTES) return true;
  return bytes > HARMLESS_BYTES && bytes > packedBytes * MOST_RATIO;
}

/** The same of a whole archive, whose files are each harmless. */
export function isBombInAll(archiveBytes: number, bytes: number): boolean {
  return bytes > 1024 ** 3 && bytes > archiveBytes * MOST_RATIO;
}

/** Whether a path leads out of the folder that it is unpacked into, on any system, or hides what it is. */
export function isUnsafePath(path: string): boolean {
  return (
    path === '' ||
    /^[/~]|^[a-z]:|[\\\p{Cc}]/iu.test(path) ||
    path.split('/').some((part) => part === '..' || part === '.')
  );
}
