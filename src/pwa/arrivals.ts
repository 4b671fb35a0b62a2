import type { KeptHandle } from '../storage/handles';

/** As `public/share-target.js` calls it. */
const SHARED_CACHE = 'shared-with-this-app';

/** What takes in what comes from outside the page. */
interface Receiver {
  addFiles(files: readonly File[]): Promise<void>;
  addHandles(handles: readonly KeptHandle[]): Promise<void>;
  pastedText(text: string): Promise<boolean>;
}

/** Not in the library of TypeScript yet: https://wicg.github.io/web-app-launch/#launchqueue-interface. */
interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileSystemHandle[] }) => void): void;
}

/** Takes in what other apps have shared with the installed one, and files that are opened with it. */
export async function takeArrivals(receiver: Receiver): Promise<void> {
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [] }) => void openFiles(receiver, files));
  await takeShared(receiver);
}

/** ZIPs stay where they are, as when they are dropped; single pictures are copied. */
async function openFiles(receiver: Receiver, handles: readonly FileSystemHandle[]): Promise<void> {
  const { isArchiveName } = await import('../core/picture-names');
  const { isProjectName } = await import('../sources/dropped');
  const files: File[] = [];
  for (const handle of handles) {
    if (handle.kind !== 'file') continue;
    const file = handle as FileSystemFileHandle;
    if (isArchiveName(file.name) && !isProjectName(file.name)) await receiver.addHandles([file]);
    else files.push(await file.getFile());
  }
  if (files.length > 0) await receiver.addFiles(files);
}

/** Empties the cache of the service worker; it does so also when the page was opened in another way than by sharing. */
async function takeShared(receiver: Receiver): Promise<void> {
  // None in insecure contexts, and the browser may deny it.
  if (!('caches' in globalThis) || !(await caches.has(SHARED_CACHE).catch(() => false))) return;
  const cache = await caches.open(SHARED_CACHE);
  const files: File[] = [];
  const texts: string[] = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    if (response === undefined) continue;
    if (response.headers.has('X-Text')) texts.push(await response.text());
    else files.push(fileOf(response.headers, await response.blob()));
  }
  await caches.delete(SHARED_CACHE);
  const { pathname, hash } = location;
  if (location.search === '?shared') history.replaceState(history.state, '', `${pathname}${hash}`);
  if (files.length > 0) await receiver.addFiles(files);
  for (const text of texts) await receiver.pastedText(text);
}

function fileOf(headers: Headers, blob: Blob): File {
  const name = decodeURIComponent(headers.get('X-Name') ?? 'picture');
  const lastModified = Number(headers.get('X-Modified')) || Date.now();
  return new File([blob], name, { type: blob.type, lastModified });
}
