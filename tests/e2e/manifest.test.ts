import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { App } from './app';
import { expect, test } from './fixtures';

/** What the journal has, by key: texts, captions, answers about claims. */
const kept = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<Record<string, string>>((resolve) => {
        const open = indexedDB.open('vlm-image-analysis');
        open.onsuccess = () => {
          const all: Record<string, string> = {};
          const cursor = open.result.transaction('journal').objectStore('journal').openCursor();
          cursor.onsuccess = () => {
            const at = cursor.result;
            if (at === null) {
              open.result.close();
              resolve(all);
              return;
            }
            const row = at.value as {
              description?: { text: string };
              verdict?: { caption: string };
              yes?: number;
            };
            all[at.key as string] =
              row.description?.text ?? row.verdict?.caption ?? (row.yes ?? NaN).toFixed(6);
            at.continue();
          };
        };
      }),
  );

test('a run’s manifest is saved from the list, sets the same choices up again, and says the same elsewhere', async ({
  app,
  page,
  browser,
  baseURL,
}) => {
  await app.choose('Models', ['Mini Moondream', 'Mini Qwen2-VL']);
  await app.choose('Prompts', ['Alt text', 'Short caption']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForEnd();
  const said = await kept(page);
  expect(Object.keys(said).length).toBeGreaterThan(9);

  const runs = page.getByRole('dialog', { name: 'Runs' });
  const openRuns = () => page.getByRole('button', { name: 'Runs', exact: true }).click();
  await openRuns();
  const download = page.waitForEvent('download');
  await runs.getByRole('button', { name: /^Save the manifest/u }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  await page.keyboard.press('Escape');

  const load = async (content: string) => {
    await openRuns();
    const chooser = page.waitForEvent('filechooser');
    await runs.getByRole('button', { name: 'Load a manifest' }).click();
    const file = { name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(content) };
    await (await chooser).setFiles(file);
  };
  await page.getByRole('button', { name: 'Set-up' }).click();
  await app.choose('Models', ['Mini Phi-3-V']);
  await app.choose('Prompts', ['Read the text']);
  await load(text);
  await expect(page.getByText(/^Set up as “.+” was\.$/u)).toBeVisible();
  for (const name of ['Mini Moondream', 'Mini Qwen2-VL', 'Alt text', 'Short caption'])
    await expect(page.getByRole('checkbox', { name })).toBeChecked();
  for (const name of ['Mini Phi-3-V', 'Read the text'])
    await expect(page.getByRole('checkbox', { name })).not.toBeChecked();

  // What this app does not have is said, and what is to be done.
  await load(text.replace('embedded/mini-moondream', 'somebody/else'));
  await expect(page.getByText(/“somebody\/else” is not here.+choose another/u)).toBeVisible();
  await load('{}');
  await expect(page.getByText(/“run.json” can’t set up a run: .+no manifest/u)).toBeVisible();

  // The same by a drop.
  await app.choose('Prompts', ['Read the text']);
  await page.evaluate((content) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], 'run.json', { type: 'application/json' }));
    const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(drop);
  }, text);
  await expect(page.getByRole('checkbox', { name: 'Alt text' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Read the text' })).not.toBeChecked();

  // In a browser that has none of it, cell for cell; and with so little memory that one model works after the other.
  const context = await browser.newContext();
  await context.addInitScript(() => {
    Object.defineProperty(navigator, 'deviceMemory', { value: 0.25 });
  });
  const elsewhere = new App(await context.newPage(), baseURL ?? '');
  await elsewhere.open();
  await expect(elsewhere.picture('Traffic')).toBeVisible();
  await elsewhere.page.getByRole('button', { name: 'Runs', exact: true }).click();
  const chooser = elsewhere.page.waitForEvent('filechooser');
  await elsewhere.page.getByRole('button', { name: 'Load a manifest' }).click();
  const file = { name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await (await chooser).setFiles(file);
  await expect(elsewhere.page.getByText(/^Set up as “.+” was\.$/u)).toBeVisible();
  await elsewhere.page.getByRole('button', { name: 'Run', exact: true }).click();
  await elsewhere.page.getByTitle('What each model does').click();
  await expect(elsewhere.page.getByText('Waiting for its turn').first()).toBeVisible();
  await elsewhere.page.keyboard.press('Escape');
  await elsewhere.waitForEnd();
  expect(await kept(elsewhere.page)).toEqual(said);
  await context.close();
});
