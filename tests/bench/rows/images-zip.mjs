import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import JSZip from 'jszip';

import { MANY, measureAdding, numberedPhotos } from '../many-images.mjs';

export const name = 'adding 10,000 images from a ZIP: % of main-thread tasks over 50 ms';
export const bar = 1;

/** @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ page, url, log }) {
  const folder = mkdtempSync(join(tmpdir(), 'vlm-zip-'));
  const path = join(folder, 'many.zip');
  const zip = new JSZip();
  const photo = numberedPhotos();
  for (let number = 0; number < MANY; number += 1)
    zip.file(`many/${String(number).padStart(5, '0')}.jpg`, photo(number));
  await pipeline(
    zip.generateNodeStream({ streamFiles: true, compression: 'STORE' }),
    createWriteStream(path),
  );
  log(`${path} written`);
  try {
    await page.goto(url);
    return await measureAdding(
      page,
      async () => {
        const chooser = page.waitForEvent('filechooser');
        await page.getByRole('button', { name: 'Choose files' }).first().click();
        await (await chooser).setFiles(path);
      },
      log,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
