import { delMany, entries, get, set } from 'idb-keyval';
import * as v from 'valibot';
import { newId } from '../core/id';
import { asStorageError, store } from './db';

/** Permissions are no part of the standard yet, and the library of TypeScript has them not: https://wicg.github.io/file-system-access/. */
interface Permitted {
  queryPermission?(to: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(to: { mode: 'read' }): Promise<PermissionState>;
}

/** A folder or a ZIP that pictures are read from where they are. */
export type KeptHandle = (FileSystemDirectoryHandle | FileSystemFileHandle) & Permitted;

const handles = store('handles');

/** A handle is the browser's own object: all that can be checked is that it says what it is. */
const rowSchema = v.object({
  version: v.literal(1),
  handle: v.custom<KeptHandle>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      'kind' in value &&
      (value.kind === 'directory' || value.kind === 'file'),
  ),
});

/** What was read: IndexedDB makes a new object each time, and a picture is read often. */
const known = new Map<string, KeptHandle>();

/**
 * Keeps a handle; one that is kept already has its id.
 * @param again the id that it had, where another tab may have found it unneeded meanwhile
 * @returns its id
 * @throws AppError
 */
export async function saveHandle(handle: KeptHandle, again?: string): Promise<string> {
  for (const { id, handle: other } of await savedHandles()) {
    if (other.kind === handle.kind && (await other.isSameEntry(handle))) {
      // The one at hand may be allowed to read where the one from the disk has to ask.
      known.set(id, handle);
      return id;
    }
  }
  const id = again ?? newId();
  try {
    await set(id, { version: 1, handle }, handles);
  } catch (error) {
    throw asStorageError(error);
  }
  known.set(id, handle);
  return id;
}

/** Undefined where it was forgotten, or never kept on this device. @throws AppError */
export async function savedHandle(id: string): Promise<KeptHandle | undefined> {
  const handle = known.get(id) ?? (await read(id));
  if (handle !== undefined) known.set(id, handle);
  return handle;
}

/** @throws AppError */
export async function savedHandles(): Promise<readonly { id: string; handle: KeptHandle }[]> {
  try {
    return (await entries<string, unknown>(handles)).flatMap(([id, value]) => {
      const parsed = v.safeParse(rowSchema, value);
      return parsed.success ? [{ id, handle: known.get(id) ?? parsed.output.handle }] : [];
    });
  } catch (error) {
    throw asStorageError(error);
  }
}

/** @throws AppError */
export async function forgetHandles(ids: readonly string[]): Promise<void> {
  for (const id of ids) known.delete(id);
  try {
    await delMany([...ids], handles);
  } catch (error) {
    throw asStorageError(error);
  }
}

async function read(id: string): Promise<KeptHandle | undefined> {
  try {
    const parsed = v.safeParse(rowSchema, await get<unknown>(id, handles));
    return parsed.success ? parsed.output.handle : undefined;
  } catch (error) {
    throw asStorageError(error);
  }
}
