import * as zip from '@zip.js/zip.js/lib/zip-core-native.js';
import { AppError, type ErrorCode } from '../../../src/core/errors';

/** By the messages that zip.js exports for comparison. */
const CODES: ReadonlyMap<string, ErrorCode> = new Map([
  [zip.ERR_EOCDR_NOT_FOUND, 'archive-truncated'],
  [zip.ERR_CENTRAL_DIRECTORY_NOT_FOUND, 'archive-truncated'],
  [zip.ERR_EOCDR_LOCATOR_ZIP64_NOT_FOUND, 'archive-truncated'],
  [zip.ERR_SPLIT_ZIP_FILE, 'archive-truncated'],
  [zip.ERR_BAD_FORMAT, 'archive-unreadable'],
  [zip.ERR_ENCRYPTED_CENTRAL_DIRECTORY, 'archive-encrypted'],
  [zip.ERR_ENCRYPTED, 'archive-encrypted'],
  [zip.ERR_UNSUPPORTED_ENCRYPTION, 'archive-encrypted'],
  [zip.ERR_UNSUPPORTED_COMPRESSION, 'archive-compression'],
  // More came out than was declared, or two entries share their bytes: both are how bombs are made.
  [zip.ERR_INVALID_UNCOMPRESSED_SIZE, 'archive-bomb'],
  [zip.ERR_OVERLAPPING_ENTRY, 'archive-bomb'],
]);

/** What zip.js or the browser throws, as an error with a code. */
export function asArchiveError(error: unknown, otherwise: ErrorCode): AppError {
  if (error instanceof AppError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const code = isGone(error) ? 'source-gone' : (CODES.get(detail) ?? otherwise);
  return new AppError(code, detail, { cause: error });
}

/** The archive itself was deleted or changed while it was read. */
function isGone(error: unknown): boolean {
  return (
    error instanceof DOMException &&
    (error.name === 'NotFoundError' || error.name === 'NotReadableError')
  );
}
