import type { ArchiveEntry } from '../core/archive';
import type { ArchiveEngine } from '../core/protocol';
import { spawn } from './spawn';
import { WorkerHost } from './worker-host';

/** Page side of the worker that reads ZIPs: one for all, so that each table of contents is read once. */
export class Archives {
  readonly #host = new WorkerHost<ArchiveEngine>(spawn.archive);

  /** All files of an archive. @throws AppError `archive-…` */
  async list(file: File): Promise<readonly ArchiveEntry[]> {
    const all: ArchiveEntry[] = [];
    let from: number | null = 0;
    while (from !== null) {
      const at: number = from;
      const page = await this.#host.call((remote) => remote.list(file, at));
      for (const entry of page.entries) all.push(entry);
      from = page.next;
    }
    return all;
  }

  /** @throws AppError `archive-…`, `source-gone` */
  read(file: File, path: string): Promise<Blob> {
    return this.#host.call((remote) => remote.read(file, path));
  }
}
