import type { ReadArchive } from '../sources/archives';
import { picturesOfArchive } from '../sources/archives';
import { picturesOfFiles, picturesOfFolder } from '../sources/folders';
import type { Candidate } from '../sources/intake';
import { asSourceError } from '../sources/source-error';
import { picturesOfWeb } from '../sources/web-pictures';
import { saveHandle, type KeptHandle } from '../storage/handles';
import { sweepHandles } from '../storage/sweep';
import type { AccessState } from './access.svelte';
import type { ImagesState } from './images.svelte';
import type { Notices } from './notices.svelte';

/** What folders and archives are added to. Fetched when the first one comes. */
interface Parts {
  readonly archives: ReadArchive;
  readonly access: AccessState;
  readonly images: ImagesState;
  readonly notices: Notices;
}

type OnLeftOut = (count: number) => void;

/** Adds the pictures of files that were picked or dropped, with the captions beside them. */
export async function addPicked(parts: Parts, files: readonly File[]): Promise<void> {
  const folder = files.find(({ webkitRelativePath: path }) => path !== '')?.webkitRelativePath;
  const name = folder?.split('/')[0] ?? files[0]?.name ?? '';
  await add(parts, name, (onLeftOut) => picturesOfFiles(files, onLeftOut));
}

/** Adds the pictures at these addresses. */
export async function addWeb({ images }: Parts, addresses: readonly string[]): Promise<void> {
  await images.adding.add(picturesOfWeb(addresses), 'the web');
}

/** Adds the pictures of a ZIP that can't be read from where it lies after a reload: they are copied. */
export async function addArchive(parts: Parts, file: File): Promise<void> {
  await add(parts, file.name, (onLeftOut) =>
    picturesOfArchive(file, undefined, parts.archives, onLeftOut),
  );
}

/** Adds the pictures of a folder or a ZIP that stay where they are. */
export async function addKept(parts: Parts, handle: KeptHandle): Promise<void> {
  let id: string | undefined;
  await add(parts, handle.name, async function* (onLeftOut) {
    id = await saveHandle(handle);
    yield* handle.kind === 'directory'
      ? picturesOfFolder(handle, id, onLeftOut)
      : picturesOfArchive(await fileOf(handle), id, parts.archives, onLeftOut);
  });
  // A tab that knew nothing of the pictures on their way may have swept it; one that brought nothing is not needed.
  if (id !== undefined) await saveHandle(handle, id);
  await sweepHandles(parts.images.needed);
  await parts.access.look();
}

async function fileOf(handle: FileSystemFileHandle): Promise<File> {
  try {
    return await handle.getFile();
  } catch (error) {
    throw asSourceError(error, handle.name);
  }
}

async function add(
  { images, notices }: Parts,
  name: string,
  list: (onLeftOut: OnLeftOut) => AsyncGenerator<Candidate>,
): Promise<void> {
  let leftOut = 0;
  await images.adding.add(
    list((count) => (leftOut = count)),
    name,
  );
  if (leftOut === 0) return;
  const text = `${leftOut.toLocaleString('en-GB')} other ${leftOut === 1 ? 'file' : 'files'} in “${name}” left out.`;
  notices.show({ text, tone: 'info' });
}
