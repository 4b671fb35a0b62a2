import type { ArchiveEntry } from '../core/archive';
import { AppError } from '../core/errors';
import { containedKey } from '../core/image';
import { isPictureName, nameOf, pictureType, stemOf } from '../core/picture-names';
import { storageReport } from '../storage/quota';
import { byFolder, picturesOf } from './contained';
import type { Candidate } from './intake';

/** Reads archives; in the app a worker does. */
export interface ReadArchive {
  /** @throws AppError `archive-…` */
  list(file: File): Promise<readonly ArchiveEntry[]>;
  /** @throws AppError `archive-…`, `source-gone` */
  read(file: File, path: string): Promise<Blob>;
}

/**
 * The pictures of a ZIP. With a handle they stay in it: of each its place is remembered, and no copy is made.
 * @throws AppError `archive-…`, `quota-exceeded` where they have to be copied and there is no room
 */
export async function* picturesOfArchive(
  file: File,
  handleId: string | undefined,
  archives: ReadArchive,
  onLeftOut: (count: number) => void,
): AsyncGenerator<Candidate> {
  const entries = await archives.list(file);
  if (handleId === undefined) await checkRoom(entries);
  const listed = entries.map((entry) => ({
    ...entry,
    open: async () => {
      const blob = await archives.read(file, entry.path);
      // An archive says nothing of types, and a copy is given out with one.
      return new Blob([blob], { type: pictureType(entry.path) });
    },
  }));
  yield* picturesOf(byFolder(listed), {
    empty: 'archive-empty',
    onLeftOut,
    toCandidate: (entry, beside) => ({
      id: containedKey(stemOf(file.name), entry),
      name: nameOf(entry.path),
      source:
        handleId === undefined
          ? { kind: 'copy' }
          : { kind: 'archive', handleId, path: entry.path, modifiedAt: file.lastModified },
      open: entry.open,
      ...beside,
    }),
  });
}

/** Where there is no room for all, none is copied: a part of a ZIP, cut off where the disk was full, helps nobody. */
async function checkRoom(entries: readonly ArchiveEntry[]): Promise<void> {
  const bytes = entries.reduce(
    (sum, { path, problem, ...entry }) =>
      problem === undefined && isPictureName(path) ? sum + entry.bytes : sum,
    0,
  );
  const room = await storageReport();
  if (room === null) return;
  const freeBytes = room.quotaBytes - room.usedBytes;
  if (bytes > freeBytes)
    throw new AppError('quota-exceeded', `${String(bytes)} bytes, free are ${String(freeBytes)}`);
}
