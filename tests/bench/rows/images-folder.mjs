import { MANY, measureAdding, numberedPhotos } from '../many-images.mjs';

export const name = 'adding 10,000 images from a folder: % of main-thread tasks over 50 ms';
export const bar = 1;

/** The folder is one of the page's own file system: its handle is kept and read as that of a picked one is.
 * @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ page, url, log }) {
  await page.addInitScript(() => {
    Object.assign(globalThis, {
      showDirectoryPicker: async () =>
        (await navigator.storage.getDirectory()).getDirectoryHandle('many'),
    });
  });
  await page.goto(url);
  const photo = numberedPhotos()(0).toString('base64');
  await page.evaluate(async ([base64, count]) => {
    const bytes = Uint8Array.from(atob(String(base64)), (char) => char.charCodeAt(0));
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('many', { create: true });
    for (let number = 0; number < Number(count); number += 1) {
      // The comment's text begins after the two markers and the length.
      bytes.set(new TextEncoder().encode(String(number).padStart(8, '0')), 6);
      const name = `${String(number).padStart(5, '0')}.jpg`;
      const file = await folder.getFileHandle(name, { create: true });
      const stream = await file.createWritable();
      await stream.write(bytes);
      await stream.close();
    }
  }, /** @type {const} */ ([photo, MANY]));
  log(`${String(MANY)} files written`);
  return measureAdding(
    page,
    () => page.getByRole('button', { name: 'Choose folder' }).first().click(),
    log,
  );
}
