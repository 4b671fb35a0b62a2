import type { FileEntry } from '@zip.js/zip.js';
import { isBomb } from '../../../src/core/archive';
import { AppError } from '../../../src/core/errors';
import { asArchiveError } from './zip-errors';

/**
 * Unpacks one file. What an archive declares is not believed: unpacking stops at the byte that is too many, and the checksum is
 * compared at the end.
 * @throws AppError `archive-…`
 */
export async function unpack(entry: FileEntry): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
    write(piece) {
      bytes += piece.byteLength;
      if (bytes > entry.uncompressedSize || isBomb(entry.compressedSize, bytes))
        throw new AppError(
          'archive-bomb',
          `more than the ${String(entry.uncompressedSize)} bytes declared`,
        );
      pieces.push(piece);
    },
  });
  try {
    await entry.getData(sink, { checkCrc32: true, checkOverlappingEntry: true });
  } catch (error) {
    throw asArchiveError(error, 'archive-damaged');
  }
  return new Blob(pieces);
}
