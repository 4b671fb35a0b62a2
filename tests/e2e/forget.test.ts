import { fixture } from './app';
import { expect, test } from './fixtures';

/** Number of rows by object store, and the names of what the service worker keeps. */
const kept = (page: import('@playwright/test').Page) =>
  page.evaluate(async () => {
    const rows: Record<string, number> = {};
    const database = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open('vlm-image-analysis');
      open.onsuccess = () => resolve(open.result);
    });
    for (const name of database.objectStoreNames) {
      rows[name] = await new Promise<number>((resolve) => {
        const count = database.transaction(name).objectStore(name).count();
        count.onsuccess = () => resolve(count.result);
      });
    }
    database.close();
    return { rows, caches: await caches.keys() };
  });

test('a picture is forgotten in every run, comes back by undo, and goes when that has passed', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await app.addFiles([fixture('exif-rotated.jpg', 'My photo.jpg')]);
  await expect(app.picture('My photo.jpg')).toBeVisible();
  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForEnd();
  await expect(app.status).toContainText('8 done');

  const forget = async () => {
    await app.picture('My photo.jpg').click();
    await page.getByRole('button', { name: 'Forget this picture' }).click();
    const panel = page.getByRole('dialog', { name: 'Forget this picture' });
    await expect(panel).toContainText(
      /the set-up and 1 run: 1 picture, 1 description and 1 verdict; frees [\d.]+ kB/u,
    );
    await panel.getByRole('button', { name: 'Forget', exact: true }).click();
    // It is on the disk that it has to go before this is said.
    await expect(page.getByText('“My photo.jpg” forgotten')).toBeVisible();
    await expect(app.picture('My photo.jpg')).toHaveCount(0);
  };
  await forget();
  await expect(app.status).toContainText('6 done');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(app.picture('My photo.jpg')).toBeVisible();
  await expect(app.status).toContainText('8 done');
  await forget();
  // The page is closed while the undo stands; the next one finishes it.
  await page.reload();
  await expect(app.status).toContainText('6 done');
  await expect.poll(async () => (await kept(page)).rows.images, { timeout: 30_000 }).toBe(0);
  expect(await app.journal()).toMatchObject({ descriptions: 3, verdicts: 3 });
});

test('storage: what is kept where, weights deleted, then everything forgotten', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await app.addFiles([fixture('exif-rotated.jpg', 'My photo.jpg')]);
  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForEnd();

  await page.getByRole('button', { name: 'Storage' }).click();
  const panel = page.getByRole('dialog', { name: 'Storage' });
  await expect(panel.getByRole('region', { name: /^Pictures/u })).toContainText(
    '1 copy of what you added and 4 thumbnails',
  );
  await expect(panel.getByRole('region', { name: /^Results/u })).toContainText(
    '4 descriptions, 4 verdicts',
  );
  await expect(panel.getByRole('region', { name: /^The app/u })).toContainText(/\d\d MB/u);
  await panel.getByRole('button', { name: 'Ask the browser to keep it' }).click();
  await expect(panel).toContainText(/did not promise|has promised/u);

  const models = panel.getByRole('region', { name: /^Models/u });
  await models.getByRole('button', { name: /^Forget Mini Qwen2-VL, frees 8\.\d MB/u }).click();
  await expect(models).not.toContainText('Mini Qwen2-VL');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Storage' }).click();
  await expect(models).toContainText('Mini Qwen2-VL');

  await panel.getByRole('button', { name: /^Forget everything: frees \d+ MB/u }).click();
  await expect(panel.getByRole('button', { name: 'Keep everything' })).toBeFocused();
  await panel.getByRole('button', { name: /^Forget for good/u }).click();
  await expect(page.getByText(/^Everything was forgotten: \d+ MB are free again/u)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Descriptions you can check' })).toBeVisible();
  await expect(app.picture('Traffic')).toBeVisible();
  await expect(app.picture('My photo.jpg')).toHaveCount(0);
  const { rows, caches } = await kept(page);
  expect(caches).toEqual([]);
  expect(rows).toMatchObject({ weights: 0, journal: 0, edits: 0, runs: 0, images: 0 });
  expect(
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
  ).toBe(0);
  // The next visit is a first visit in everything.
  await page.reload();
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
});
