import { AppError, type ErrorCode } from '../core/errors';

const CODES: Readonly<Record<string, ErrorCode>> = {
  NotAllowedError: 'source-permission',
  SecurityError: 'source-permission',
  NotFoundError: 'source-gone',
  TypeMismatchError: 'source-gone',
  NotReadableError: 'source-gone',
};

/** What the browser throws when a file, a folder or an archive can't be read where it is. */
export function asSourceError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const code = error instanceof DOMException ? CODES[error.name] : undefined;
  const detail = `${path}: ${error instanceof Error ? error.message : String(error)}`;
  return new AppError(code ?? 'unknown', detail, { cause: error });
}
