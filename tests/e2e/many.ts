import type { Page } from '@playwright/test';
import type { ImageItem } from '../../src/core/image';

/** Puts so many pictures into the database that was made by a first visit, all of one thumbnail; their bytes are nowhere. */
export function putPictures(page: Page, count: number): Promise<readonly ImageItem[]> {
  return page.evaluate(async (total) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open('vlm-image-analysis');
      open.onsuccess = () => resolve(open.result);
    });
    const canvas = new OffscreenCanvas(32, 24);
    canvas.getContext('2d')!.fillRect(0, 0, 16, 24);
    const bytes = await (await canvas.convertToBlob()).arrayBuffer();
    const images = Array.from({ length: total }, (_, index): ImageItem => ({
      id: `file:folder ${String(index % 7)}/picture ${String(index + 1)}.png:1:1`,
      name: `picture ${String(index + 1)}.png`,
      sha256: index.toString(16).padStart(64, '0'),
      format: 'png',
      bytes: 1,
      widthPx: 32,
      heightPx: 24,
      source: { kind: 'copy' },
      addedAt: index,
    }));
    const write = database.transaction(['settings', 'thumbnails'], 'readwrite');
    write.objectStore('settings').put(images, 'images');
    for (const { sha256 } of images)
      write.objectStore('thumbnails').put({ type: 'image/png', bytes }, sha256);
    await new Promise((resolve) => (write.oncomplete = resolve));
    database.close();
    return images;
  }, count);
}
