import {
  BlobWriter,
  Uint8ArrayReader,
  ZipWriter,
  type ZipWriterAddDataOptions,
} from '@zip.js/zip.js';

/** What goes into an archive: bytes or a text, and how it is to be written. */
export interface Part extends ZipWriterAddDataOptions {
  readonly path: string;
  readonly data: Uint8Array | string;
}

/** A ZIP as a program would write it. */
export async function zipOf(parts: readonly Part[], name = 'pictures.zip'): Promise<File> {
  const writer = new ZipWriter(new BlobWriter('application/zip'), { useWebWorkers: false });
  for (const { path, data, ...options } of parts) {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    await writer.add(path, new Uint8ArrayReader(bytes), options);
  }
  return new File([await writer.close()], name, { lastModified: 1_700_000_000_000 });
}

/** The same file with some of its bytes changed. */
export async function patched(
  file: File,
  change: (bytes: Uint8Array, view: DataView) => void,
): Promise<File> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  change(bytes, new DataView(bytes.buffer));
  return new File([bytes], file.name, { lastModified: file.lastModified });
}

/** Places of the headers of the central directory, in its order. */
export function directoryHeaders(view: DataView): number[] {
  const found: number[] = [];
  for (let at = 0; at + 4 <= view.byteLength; at += 1)
    if (view.getUint32(at, true) === 0x02014b50) found.push(at);
  return found;
}

/** Changes a name to one that no program would write; it must be as long. */
export function renamed(file: File, from: string, to: string): Promise<File> {
  const [old, now] = [from, to].map((text) => new TextEncoder().encode(text));
  if (old!.length !== now!.length) throw new Error('another length');
  return patched(file, (bytes) => {
    for (let at = 0; at + old!.length <= bytes.length; at += 1)
      if (old!.every((byte, place) => bytes[at + place] === byte)) bytes.set(now!, at);
  });
}
