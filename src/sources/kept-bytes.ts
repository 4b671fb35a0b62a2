import { AppError } from '../core/errors';
import { sha256Hex } from '../core/hash';
import type { ImageItem, KeptFile } from '../core/image';
import { savedHandle, type KeptHandle } from '../storage/handles';
import type { ReadArchive } from './archives';
import { asSourceError } from './source-error';

/** What has to be the same when a picture is read again. */
type Expected = Pick<ImageItem, 'sha256' | 'bytes'>;

/**
 * Reads a picture from the folder that it lies in.
 * @throws AppError `source-permission` where the browser has to be asked first, `source-gone`, `source-changed`
 */
export async function folderFile(kept: KeptFile, expected: Expected): Promise<File> {
  const root = await permitted(kept);
  if (root.kind !== 'directory') throw new AppError('source-gone', kept.path);
  const file = await readable(kept.path, async () => {
    const parts = kept.path.split('/');
    const name = parts.pop() ?? '';
    let folder = root as FileSystemDirectoryHandle;
    for (const part of parts) folder = await folder.getDirectoryHandle(part);
    return (await folder.getFileHandle(name)).getFile();
  });
  const isUntouched = file.size === expected.bytes && file.lastModified === kept.modifiedAt;
  if (!isUntouched) await checkSame(file, expected, kept.path);
  return file;
}

/**
 * Reads a picture from the ZIP that it lies in.
 * @throws AppError as `folderFile`, and `archive-…`
 */
export async function archiveEntry(
  kept: KeptFile,
  expected: Expected,
  archives: ReadArchive,
): Promise<Blob> {
  const handle = await permitted(kept);
  if (handle.kind !== 'file') throw new AppError('source-gone', kept.path);
  const file = await readable(handle.name, () => (handle as FileSystemFileHandle).getFile());
  const blob = await archives.read(file, kept.path);
  if (file.lastModified !== kept.modifiedAt) await checkSame(blob, expected, kept.path);
  return blob;
}

async function permitted({ handleId, path }: KeptFile): Promise<KeptHandle> {
  const handle = await savedHandle(handleId);
  if (handle === undefined) throw new AppError('source-gone', path);
  const state = (await handle.queryPermission?.({ mode: 'read' })) ?? 'granted';
  if (state !== 'granted') throw new AppError('source-permission', `${handle.name}: ${state}`);
  return handle;
}

async function readable(path: string, read: () => Promise<File>): Promise<File> {
  try {
    return await read();
  } catch (error) {
    throw asSourceError(error, path);
  }
}

/** A file that was only copied back, or touched, is the same picture. */
async function checkSame(blob: Blob, expected: Expected, path: string): Promise<void> {
  const isSame =
    blob.size === expected.bytes &&
    (await sha256Hex(new Uint8Array(await blob.arrayBuffer()))) === expected.sha256;
  if (!isSame) throw new AppError('source-changed', path);
}
