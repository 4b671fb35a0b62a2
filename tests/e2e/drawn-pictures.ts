import type { Page } from '@playwright/test';
import type { FilePayload } from './app';

/** Small pictures that are all different: a square on a background. */
export async function drawnPictures(page: Page, count: number): Promise<readonly FilePayload[]> {
  const encoded = await page.evaluate(async (total) => {
    const urls: string[] = [];
    for (let index = 0; index < total; index += 1) {
      const canvas = new OffscreenCanvas(48, 48);
      const context = canvas.getContext('2d')!;
      context.fillStyle = `hsl(${String((index * 37) % 360)} 70% 60%)`;
      context.fillRect(0, 0, 48, 48);
      context.fillStyle = `hsl(${String(index)} 80% 30%)`;
      context.fillRect(index % 30, (index * 7) % 30, 16, 16);
      const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
      urls.push(btoa(String.fromCharCode(...bytes)));
    }
    return urls;
  }, count);
  return encoded.map((base64, index) => ({
    name: `picture-${String(index).padStart(3, '0')}.png`,
    mimeType: 'image/png',
    buffer: Buffer.from(base64, 'base64'),
  }));
}
