import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test as base } from '@playwright/test';
import { App, fixture } from './app';

/** Another site: with and without leave to read from it. */
const test = base.extend<{ site: string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
  site: async ({}, use) => {
    const server: Server = createServer(({ url = '' }, response) => {
      if (!url.startsWith('/forbidden')) response.setHeader('Access-Control-Allow-Origin', '*');
      if (url.startsWith('/gone')) response.statusCode = 404;
      if (url.startsWith('/page')) response.setHeader('Content-Type', 'text/html');
      else response.setHeader('Content-Type', 'image/png');
      response.end(fixture('good-32x32.png').buffer);
    });
    await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
    await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    // The browser keeps connections open that it has not used yet: waiting for them takes a minute.
    server.closeAllConnections();
    await new Promise((go) => server.close(go));
  },
});

test('addresses are pasted, dropped or typed; each that brings no picture says why, and what to do', async ({
  page,
  site,
  baseURL,
}) => {
  const app = new App(page, baseURL ?? '');
  await app.open();
  await expect(app.picture('Traffic')).toBeVisible();
  const bring = (kind: 'paste' | 'drop', type: string, text: string, into = 'body') =>
    page.evaluate(
      ([event = '', mime = '', content = '', selector = '']) => {
        const data = new DataTransfer();
        data.setData(mime, content);
        const init = { bubbles: true, cancelable: true };
        const target = document.querySelector(selector)!;
        return target.dispatchEvent(
          event === 'drop'
            ? new DragEvent('drop', { ...init, dataTransfer: data })
            : new ClipboardEvent('paste', { ...init, clipboardData: data }),
        );
      },
      [kind, type, text, into],
    );

  await bring('paste', 'text/plain', `${site}/one.png`);
  await expect(app.picture('one.png')).toBeVisible();
  await bring('drop', 'text/uri-list', `# a comment\r\n${site}/again.png\r\n`);
  await expect(page.getByRole('list', { name: 'Files that were here already' })).toContainText(
    'again.png',
  );

  await page.getByRole('button', { name: 'From the web' }).click();
  const field = page.getByRole('textbox', { name: 'Addresses of pictures, one a line' });
  await field.fill('one.png');
  // What is pasted into a field stays there.
  expect(await bring('paste', 'text/plain', `${site}/not-fetched.png`, 'form textarea')).toBe(true);
  await page.getByRole('button', { name: 'Fetch pictures' }).click();
  await expect(page.getByRole('alert')).toContainText('That is no address');
  await field.fill(
    `${site}/gone.png\n${site}/forbidden.png\n${site}/page.html\nhttp://127.0.0.1:9/dead.png`,
  );
  await page.getByRole('button', { name: 'Fetch pictures' }).click();
  const refused = page.getByRole('list', { name: 'Files that were not added' });
  for (const [name, reason] of [
    ['gone.png', 'has nothing at this address'],
    [
      'forbidden.png',
      'does not let other pages read its pictures. Save the picture and drop it here.',
    ],
    ['page.html', 'a page, not a picture'],
    ['dead.png', 'Nobody answers at this address'],
  ] as const)
    await expect(refused.getByRole('listitem').filter({ hasText: name })).toContainText(reason);
  await expect(field).toHaveCount(0);

  await page.context().setOffline(true);
  await bring('paste', 'text/plain', `${site}/offline.png`);
  await expect(refused.getByRole('listitem').filter({ hasText: 'offline.png' })).toContainText(
    'no connection',
  );
  await page.context().setOffline(false);
  await page.reload();
  await expect(app.picture('one.png')).toBeVisible();
  expect(app.foreign.every((url) => !url.includes('not-fetched'))).toBe(true);
});
