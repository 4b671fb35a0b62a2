import type { Entry } from '@zip.js/zip.js';
import { AppError, type Reply } from '../../../src/core/errors';
import type { ArchiveEngine } from '../../../src/core/protocol';
import type { ArchivePage } from '../../../src/core/archive';
import { reply } from '../reply';
import { openZip, type OpenZip } from './open-zip';
import { unpack } from './unpack';

/** Entries that are told at a time: the page takes them in within a few milliseconds. */
const PAGE_ENTRIES = 2000;

/** Tables of contents that are remembered: each entry takes about 2 kB. */
const MOST_OPEN = 2;

/** Lists ZIPs and unpacks one file of them at a time, from where they lie: no archive is ever in memory. */
export class ZipArchives implements ArchiveEngine {
  /** By what tells one file from another, the last used at the end. */
  readonly #open = new Map<string, Promise<OpenZip>>();

  list(file: File, from: number): Promise<Reply<ArchivePage>> {
    return reply(async () => {
      const { listed } = await this.#opened(file);
      const end = from + PAGE_ENTRIES;
      return { entries: listed.slice(from, end), next: end < listed.length ? end : null };
    });
  }

  read(file: File, path: string): Promise<Reply<Blob>> {
    return reply(async () => {
      const { entries } = await this.#opened(file);
      const entry: Entry | undefined = entries.get(path);
      if (entry === undefined || entry.directory) throw new AppError('source-gone', path);
      return unpack(entry);
    });
  }

  #opened(file: File): Promise<OpenZip> {
    const key = `${file.name}|${String(file.size)}|${String(file.lastModified)}`;
    const known = this.#open.get(key);
    const opened = known ?? openZip(file);
    this.#open.delete(key);
    this.#open.set(key, opened);
    // One that can't be opened is looked at again next time.
    if (known === undefined) opened.catch(() => this.#open.delete(key));
    for (const [other] of this.#open) if (this.#open.size > MOST_OPEN) this.#open.delete(other);
    return opened;
  }
}
