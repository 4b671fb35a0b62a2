import { fixture } from './app';
import { expect, test } from './fixtures';

test('pictures that another app shares, or that are opened with this one, are there, also without a network', async ({
  page,
  app,
  context,
}) => {
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  // As the system does it: a form is posted to the target, and the answer is shown.
  await page.setContent(`<form method="post" action="./share" enctype="multipart/form-data">
    <input type="file" name="pictures" multiple><input name="text"><button>Share</button></form>`);
  await page.locator('input[type=file]').setInputFiles([
    { ...fixture('good.gif'), name: 'ein Bild.gif', mimeType: 'image/gif' },
    { ...fixture('good-32x32.png'), mimeType: 'image/png' },
  ]);
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(app.picture('ein Bild.gif')).toBeVisible();
  await expect(app.picture('good-32x32.png')).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
  // Taken in once.
  expect(await page.evaluate(() => caches.has('shared-with-this-app'))).toBe(false);

  // Opened with the app: the system hands over handles.
  await page.addInitScript(() => {
    // Chromium has its own, without a file in a page that is not installed.
    Object.defineProperty(globalThis, 'launchQueue', {
      value: {
        setConsumer: (consumer: (launch: object) => void) => {
          void (async () => {
            const root = await navigator.storage.getDirectory();
            const handle = await root.getFileHandle('opened.webp', { create: true });
            const stream = await handle.createWritable();
            const canvas = new OffscreenCanvas(20, 20);
            canvas.getContext('2d')?.fillRect(0, 0, 10, 10);
            await stream.write(await canvas.convertToBlob({ type: 'image/webp' }));
            await stream.close();
            consumer({ files: [handle] });
          })();
        },
      },
    });
  });
  await page.reload();
  await expect(app.picture('opened.webp')).toBeVisible();
  await expect(app.picture('ein Bild.gif')).toBeVisible();
  await context.setOffline(false);
  const manifest = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
    return (await (await fetch(link?.href ?? '')).json()) as Record<string, unknown>;
  });
  expect(manifest).toMatchObject({
    share_target: { action: './share', method: 'POST', enctype: 'multipart/form-data' },
    file_handlers: [{ action: './', accept: { 'application/zip': ['.zip'] } }],
    launch_handler: { client_mode: ['focus-existing', 'auto'] },
  });
});
