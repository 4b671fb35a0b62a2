import {
  BlobReader,
  configure,
  ZipReader,
  type Entry,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import {
  isBomb,
  isBombInAll,
  isUnsafePath,
  MOST_ENTRIES,
  type ArchiveEntry,
} from '../../../src/core/archive';
import { AppError, toErrorData, type ErrorCode } from '../../../src/core/errors';
import { isArchiveName, nameOf } from '../../../src/core/picture-names';
import { asArchiveError } from './zip-errors';

// This is a worker already, and the browser's own decompression needs no WebAssembly.
configure({ useWebWorkers: false, useCompressionStream: true });

/** A table of contents that was read. */
export interface OpenZip {
  /** All files, without the folders. */
  readonly listed: readonly ArchiveEntry[];
  /** By their paths; of two with one path the last, as other programs unpack them. */
  readonly entries: ReadonlyMap<string, Entry>;
}

/**
 * Reads the table of contents at the end of a ZIP, of which nothing else is read.
 * @throws AppError `archive-…`
 */
export async function openZip(file: Blob): Promise<OpenZip> {
  const reader = new ZipReader(new BlobReader(file), {
    // Names are judged below, each for itself: one bad name is no reason to refuse the others.
    filenameValidation: 'tolerant',
  });
  const entries = new Map<string, Entry>();
  try {
    let seen = 0;
    for await (const entry of reader.getEntriesGenerator()) {
      seen += 1;
      if (seen > MOST_ENTRIES)
        throw new AppError('archive-too-many', `more than ${String(MOST_ENTRIES)}`);
      if (!entry.directory) entries.set(entry.filename, entry);
    }
  } catch (error) {
    throw asArchiveError(error, 'archive-unreadable');
  }
  const listed = [...entries.values()].map(toListed);
  const bytes = listed.reduce(
    (sum, entry) => sum + (entry.problem === undefined ? entry.bytes : 0),
    0,
  );
  if (isBombInAll(file.size, bytes))
    throw new AppError('archive-bomb', `${String(bytes)} bytes in ${String(file.size)}`);
  return { entries, listed };
}

function toListed(entry: Entry): ArchiveEntry {
  const problem = problemOf(entry);
  const modifiedAt = entry.lastModDate.getTime();
  return {
    path: entry.filename,
    bytes: entry.uncompressedSize,
    modifiedAt: Number.isFinite(modifiedAt) ? modifiedAt : 0,
    ...(problem === undefined
      ? {}
      : { problem: toErrorData(new AppError(problem, entry.filename)) }),
  };
}

/** What is wrong with an entry before it is read. */
function problemOf(entry: Entry): ErrorCode | undefined {
  if (isUnsafePath(entry.filename)) return 'archive-path';
  if (entry.symlink) return 'archive-link';
  if (entry.encrypted) return 'archive-encrypted';
  if (isBomb(entry.compressedSize, entry.uncompressedSize)) return 'archive-bomb';
  if (isArchiveName(nameOf(entry.filename))) return 'archive-nested';
  return undefined;
}
