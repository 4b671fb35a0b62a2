import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { DIST } from '../../scripts/paths.mjs';
import { startServer } from '../../scripts/serve.mjs';
import { App } from './app';

/** Number of weight files that are in the store, whole. */
const storedFiles = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const open = indexedDB.open('vlm-image-analysis');
        open.onsuccess = () => {
          const keys = open.result.transaction('weights').objectStore('weights').getAllKeys();
          keys.onsuccess = () => {
            open.result.close();
            resolve(keys.result.filter((key) => !(key as string).includes('#')).length);
          };
        };
      }),
  );

test('one visit without a run is enough: with the server stopped the app opens and a run works', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const server = await startServer({ root: DIST });
  const app = new App(page, server.url);
  await page.goto(server.url);
  await expect(app.picture('Traffic')).toBeVisible();
  // The shell and the weights come by themselves.
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  let before = -1;
  await expect
    .poll(
      async () => {
        const files = await storedFiles(page);
        const isSteady = files === before && files > 20;
        before = files;
        return isSteady;
      },
      { timeout: 120_000, intervals: [4000] },
    )
    .toBe(true);
  await server.close();

  await page.reload();
  await expect(app.picture('Traffic')).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd(120_000);
  expect(await app.journal()).toMatchObject({ descriptions: 9, failures: 0, verdicts: 3 });
  expect(app.foreign).toEqual([]);

  const manifest = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
    return (await (await fetch(link?.href ?? '')).json()) as Record<string, unknown>;
  });
  expect(manifest).toMatchObject({ name: 'VLM Image Analysis', display: 'standalone' });
});

test('a newer version is offered, and comes when the user wants it', async ({ page }) => {
  test.setTimeout(180_000);
  const root = mkdtempSync(join(tmpdir(), 'vlm-update-'));
  cpSync(DIST, root, { recursive: true });
  const server = await startServer({ root });
  try {
    await page.goto(server.url);
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    // The next version: another page, and a service worker that knows it.
    const edit = (file: string, change: (text: string) => string) => {
      const path = join(root, file);
      writeFileSync(path, change(readFileSync(path, 'utf8')));
    };
    edit('index.html', (text) => text.replace('<title>', '<title>Newer '));
    edit('sw.js', (text) => text.replace(/(url:"index\.html",revision:")/u, '$1newer-'));
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    const notice = page.getByText('A new version is ready.');
    await expect(notice).toBeVisible({ timeout: 30_000 });
    await expect(page).toHaveTitle('VLM Image Analysis');
    await page.getByRole('button', { name: 'Reload', exact: true }).click();
    // The browser lets the new worker in when the old one has ended: at once, or when it has been idle for its 30 seconds.
    await expect(page).toHaveTitle('Newer VLM Image Analysis', { timeout: 90_000 });
  } finally {
    await server.close();
    rmSync(root, { recursive: true });
  }
});
