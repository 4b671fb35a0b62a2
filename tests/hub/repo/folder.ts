import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { Content } from './content';

/** Every file below a folder of the disk, by its path in the repository; `.git` is left out. */
export async function folderFiles(folder: string): Promise<Record<string, Content>> {
  const files: Record<string, Content> = {};
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const file = join(item.parentPath, item.name);
    const path = file.slice(join(folder, '/').length).replaceAll('\\', '/');
    if (path === '.git' || path.startsWith('.git/')) continue;
    files[path] = await diskContent(file);
  }
  return files;
}

async function diskContent(file: string): Promise<Content> {
  const { size } = await stat(file);
  return {
    size,
    async *read(start, end) {
      if (end <= start) return;
      const stream = createReadStream(file, { start, end: end - 1, highWaterMark: 1024 * 1024 });
      for await (const piece of stream) yield piece as Uint8Array;
    },
  };
}
