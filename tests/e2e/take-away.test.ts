import { readFileSync } from 'node:fs';
import type { Download, Page } from '@playwright/test';
import { fixture } from './app';
import { expect, test } from './fixtures';

async function textOf(download: Promise<Download>): Promise<string> {
  return readFileSync(await (await download).path(), 'utf8');
}

/** The folder that the browser's picker gives: a real one, in the origin's private file system. */
async function folderIsPicked(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(globalThis, {
      showDirectoryPicker: async () =>
        (await navigator.storage.getDirectory()).getDirectoryHandle('pictures', { create: true }),
    });
  });
}

/** A file that is replaced between being got and being read can't be read: it is left out, whoever polls asks again. */
const filesInFolder = (page: Page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('pictures');
    const found: Record<string, string> = {};
    for await (const [name, handle] of folder.entries()) {
      if (!(handle instanceof FileSystemFileHandle)) continue;
      try {
        found[name] = await (await handle.getFile()).text();
      } catch (error) {
        const isReplaced =
          error instanceof DOMException && /^Not(?:Readable|Found)Error$/u.test(error.name);
        if (!isReplaced) throw error;
      }
    }
    return found;
  });

test('a caption is edited, accepted, kept over a reload and taken away in every form', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await folderIsPicked(page);
  await page.reload();
  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Objects and counts']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd(120_000);

  await app.picture('Two cats and a dog').click();
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText(/cat/u);
  const judged = (await verdict.locator('.caption').innerText()).trim();
  await page.keyboard.press('e');
  const editor = page.getByRole('textbox', { name: 'Caption' });
  await expect(editor).toHaveValue(judged);
  await editor.fill(`${'A long caption. '.repeat(8)}Two cats.`);
  await expect(verdict).toContainText('137 of 125 characters for alt text, too long');
  await editor.fill('Two cats & a dog, "mine".');
  await page.keyboard.press('Control+Enter');
  await expect(verdict).toContainText('edited by you');

  // A accepts the next one and goes on.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { level: 2, name: 'A sign in German' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('listitem').filter({ hasText: 'Two cats & a dog' })).toContainText(
    'edited',
  );
  await expect(page.getByRole('listitem').filter({ hasText: 'Traffic' })).toContainText('accepted');

  await page.getByRole('button', { name: 'Export' }).click();
  const panel = page.getByRole('dialog', { name: 'Export' });
  let download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save file' }).click();
  const lines = (await textOf(download))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatchObject({
    caption: 'Two cats & a dog, "mine".',
    accepted: true,
    verdict: { caption: judged },
  });

  await page.getByRole('button', { name: 'Export' }).click();
  await panel.getByRole('radio', { name: /Table/u }).check();
  download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save file' }).click();
  expect(await textOf(download)).toContain('"Two cats & a dog, ""mine""."');

  await page.getByRole('button', { name: 'Export' }).click();
  await panel.getByRole('textbox', { name: 'Before each caption' }).fill('drawing, ');
  await panel.getByRole('button', { name: 'Write into a folder' }).click();
  await expect(page.getByText('3 text files written into “pictures”.')).toBeVisible();
  expect(await filesInFolder(page)).toMatchObject({
    'Two cats and a dog.txt': 'drawing, Two cats & a dog, "mine".\n',
  });

  // What is there is kept unless somebody says otherwise.
  await page.getByRole('button', { name: 'Export' }).click();
  await panel.getByRole('textbox', { name: 'Before each caption' }).fill('');
  await panel.getByRole('button', { name: 'Write into a folder' }).click();
  await expect(
    page.getByText('0 text files written into “pictures”. 3 that were there'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  await panel.getByRole('checkbox', { name: /Replace/u }).check();
  await panel.getByRole('button', { name: 'Write into a folder' }).click();
  await expect
    .poll(async () => (await filesInFolder(page))['Two cats and a dog.txt'])
    .toBe('Two cats & a dog, "mine".\n');

  // The judge's words come back from the history.
  await app.picture('Two cats and a dog').click();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Take the judge’s words' }).click();
  await expect(verdict).toContainText(judged);
  await expect(verdict).not.toContainText('edited by you');
});

test('a project file brings everything back after the browser has cleared it', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await app.addFiles([fixture('exif-rotated.jpg', 'My photo.jpg')]);
  await expect(app.picture('My photo.jpg')).toBeVisible();
  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForEnd(120_000);
  await app.openPicture('My photo.jpg');
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Caption' }).fill('My own words.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('edited by you')).toBeVisible();
  await page.keyboard.press('Escape');
  const before = await app.journal();

  const openRuns = () => page.getByRole('button', { name: 'Runs', exact: true }).click();
  const runs = page.getByRole('dialog', { name: 'Runs' });
  await openRuns();
  const download = page.waitForEvent('download');
  await runs.getByRole('button', { name: 'Save project file' }).click();
  const path = await (await download).path();

  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        indexedDB.deleteDatabase('vlm-image-analysis').onsuccess = () => resolve();
      }),
  );
  await page.reload();
  await openRuns();
  await expect(runs.getByRole('listitem')).toHaveCount(0);
  const chooser = page.waitForEvent('filechooser');
  await runs.getByRole('button', { name: 'Open project file' }).click();
  await (
    await chooser
  ).setFiles({ name: 'mine.zip', mimeType: 'application/zip', buffer: readFileSync(path) });
  await expect(page.getByText('1 run read from “mine.zip”.')).toBeVisible();
  await runs.getByRole('listitem').getByRole('button').first().click();
  await expect(app.status).toContainText('8 done');
  await expect(page.getByRole('listitem').filter({ hasText: 'My own words.' })).toContainText(
    'edited',
  );
  await expect(app.picture('My photo.jpg').locator('img')).toBeVisible();
  expect(await app.journal()).toEqual(before);
});
