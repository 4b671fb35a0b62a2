import { zipOf } from '../unit/workers/engine/archive/zip';
import { fixture } from './app';
import { expect, test } from './fixtures';

const bytes = (name: string) => new Uint8Array(fixture(name).buffer);

test('a ZIP with folders, captions and bad entries: the good ones come, each bad one says why, and it is read where it lies', async ({
  page,
  app,
}) => {
  const inner = new Uint8Array(await (await zipOf([{ path: 'x.png', data: 'x' }])).arrayBuffer());
  const zip = await zipOf([
    { path: 'holidays/beach.jpg', data: bytes('exif-rotated.jpg') },
    { path: 'holidays/beach.txt', data: 'A beach in the evening.' },
    { path: 'holidays/day 2/square.png', data: bytes('good-32x32.png') },
    {
      path: 'metadata.csv',
      data: 'file_name,text\nholidays/day 2/square.png,"A square, small."\n',
    },
    { path: 'locked.png', data: bytes('good-32x32.png'), password: 'p' },
    { path: 'link.png', data: '/etc/passwd', unixMode: 0o120777 },
    { path: 'more.zip', data: inner },
    { path: 'bomb.png', data: new Uint8Array(20_000_000) },
    { path: 'broken.png', data: bytes('truncated.png') },
    { path: 'read me.pdf', data: 'x' },
    { path: '__MACOSX/holidays/._beach.jpg', data: 'x' },
  ]);
  const base64 = Buffer.from(await zip.arrayBuffer()).toString('base64');

  // As a ZIP that is dropped from the disk: the browser gives a handle of it.
  await page.evaluate(async (content) => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('trip.zip', { create: true });
    const stream = await handle.createWritable();
    await stream.write(Uint8Array.from(atob(content), (char) => char.charCodeAt(0)));
    await stream.close();
    Object.assign(DataTransferItem.prototype, {
      getAsFileSystemHandle: () => Promise.resolve(handle),
    });
    const data = new DataTransfer();
    data.items.add(await handle.getFile());
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  }, base64);
  await expect(app.picture('beach.jpg')).toBeVisible();
  await expect(app.picture('square.png')).toBeVisible();
  await expect(page.getByText('1 other file in “trip.zip” left out.')).toBeVisible();
  const refused = page.getByRole('list', { name: 'Files that were not added' });
  for (const [name, reason] of [
    ['locked.png', 'locked by a password'],
    ['link.png', 'a link to another file'],
    ['more.zip', 'a ZIP inside a ZIP'],
    ['bomb.png', 'far larger than any picture'],
    ['broken.png', 'incomplete'],
  ] as const)
    await expect(refused.getByRole('listitem').filter({ hasText: name })).toContainText(reason);
  await expect(refused.getByRole('listitem')).toHaveCount(5);

  // No copy was made: after a reload the picture comes out of the ZIP.
  await page.reload();
  await app.picture('square.png').click();
  await expect(page.getByRole('blockquote')).toHaveText('A square, small.');
  const picture = page.getByRole('group', { name: 'Picture', exact: true }).getByRole('img');
  await expect(picture).toHaveAttribute('src', /^blob:/u);
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(32);
  await page.keyboard.press('Escape');
  await page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry('trip.zip'));
  await app.picture('beach.jpg').click();
  await expect(page.getByText('This file is not where it was')).toBeVisible();
  await page.keyboard.press('Escape');

  // Chosen again without a handle it is copied, and what had lost its place has it again.
  await app.addFiles([{ name: 'trip.zip', mimeType: '', buffer: Buffer.from(base64, 'base64') }]);
  await expect(page.getByRole('list', { name: 'Files that were here already' })).toContainText(
    'beach.jpg',
  );
  await app.picture('beach.jpg').click();
  await expect(page.getByText('This file is not where it was')).toHaveCount(0);
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);
  await page.keyboard.press('Escape');

  // Without a picture, and no ZIP at all.
  const none = Buffer.from(await (await zipOf([{ path: 'a.pdf', data: 'x' }])).arrayBuffer());
  await app.addFiles([
    { name: 'none.zip', mimeType: '', buffer: none },
    { name: 'text.zip', mimeType: '', buffer: Buffer.from('x'.repeat(100)) },
  ]);
  await expect(refused.getByRole('listitem').filter({ hasText: 'none.zip' })).toContainText(
    'There is no picture in this ZIP',
  );
  await expect(refused.getByRole('listitem').filter({ hasText: 'text.zip' })).toContainText(
    'This ZIP is incomplete',
  );
});
