import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs';
import { App } from './app';
import { drawnPictures } from './drawn-pictures';
import { storedRows } from './stored-rows';

const PICTURES = 200;
/** A description and a verdict for each. */
const ALL_DONE = `${String(PICTURES * 2)} done`;
const STORES = ['runs', 'journal', 'edits', 'images', 'thumbnails'];

test('200 pictures: described, reopened after a restart, edited, taken away, forgotten, brought back', async ({
  baseURL,
}) => {
  test.setTimeout(900_000);
  const origin = baseURL ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'vlm-story-'));
  const executablePath = findChromium();
  const launch = (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(folder, {
      args: chromiumArgs({ webgpu: false }),
      headless: true,
      baseURL: origin,
      ...(executablePath === undefined ? {} : { executablePath }),
    });
  const visit = async (context: BrowserContext) => {
    const app = new App(context.pages()[0] ?? (await context.newPage()), origin);
    await app.open();
    return { app, page: app.page };
  };
  let context = await launch();
  try {
    // A run of 200 pictures, one model, one prompt, with its judge.
    const first = await visit(context);
    await expect(first.app.picture('Traffic')).toBeVisible();
    await first.app.picture('Traffic').focus();
    for (let count = 0; count < 3; count += 1) await first.page.keyboard.press('Delete');
    await first.app.addFiles(await drawnPictures(first.page, PICTURES));
    await expect(
      first.page.getByRole('heading', { name: `${String(PICTURES)} pictures` }),
    ).toBeVisible({
      timeout: 60_000,
    });
    await first.app.choose('Models', ['Mini Qwen2-VL']);
    await first.app.choose('Prompts', ['Short caption']);
    await first.page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(first.app.status).toContainText(ALL_DONE, { timeout: 600_000 });
    await context.close();

    // The browser is started again: the run is open, with all that was found. One verdict is edited.
    context = await launch();
    const second = await visit(context);
    await expect(second.app.status).toContainText(ALL_DONE, { timeout: 30_000 });
    await second.app.openPicture('picture-007.png');
    await second.page.keyboard.press('e');
    await second.page.getByRole('textbox', { name: 'Caption' }).fill('My own words.');
    await second.page.keyboard.press('Control+Enter');
    await expect(second.page.getByText('edited by you')).toBeVisible();
    await second.page.keyboard.press('Escape');
    const before = await storedRows(second.page, STORES);
    for (const [name, count] of [
      ['runs', 1],
      ['edits', 1],
      ['images', PICTURES],
    ] as const)
      expect(Object.keys(before[name]!), name).toHaveLength(count);

    // Taken away as a project file, everything forgotten.
    const runs = second.page.getByRole('dialog', { name: 'Runs' });
    await second.page.getByRole('button', { name: 'Runs', exact: true }).click();
    const download = second.page.waitForEvent('download');
    await runs.getByRole('button', { name: 'Save project file' }).click();
    const project = readFileSync(await (await download).path());
    await second.page.keyboard.press('Escape');
    await second.page.getByRole('button', { name: /^Storage/u }).click();
    await second.page.getByRole('button', { name: /^Forget everything/u }).click();
    await second.page.getByRole('button', { name: /^Forget for good/u }).click();
    await expect(second.page.getByText(/^Everything was forgotten/u)).toBeVisible();
    await expect(second.app.picture('Traffic')).toBeVisible();
    const gone = await storedRows(second.page, STORES);
    for (const name of ['runs', 'journal', 'edits', 'images']) expect(gone[name], name).toEqual({});

    // Brought back: record for record what it was.
    await second.page.getByRole('button', { name: 'Runs', exact: true }).click();
    const chooser = second.page.waitForEvent('filechooser');
    await runs.getByRole('button', { name: 'Open project file' }).click();
    await (
      await chooser
    ).setFiles({ name: 'all.vlmproject.zip', mimeType: 'application/zip', buffer: project });
    await expect(second.page.getByText('1 run read from “all.vlmproject.zip”.')).toBeVisible({
      timeout: 60_000,
    });
    const after = await storedRows(second.page, STORES);
    // The samples of a first visit are there beside it.
    for (const key of Object.keys(gone.thumbnails!))
      if (!(key in before.thumbnails!)) Reflect.deleteProperty(after.thumbnails!, key);
    expect(after).toEqual(before);
    await runs.getByRole('listitem').getByRole('button').first().click();
    await expect(second.app.status).toContainText(ALL_DONE);
    await expect(
      second.page.getByRole('listitem').filter({ hasText: 'My own words.' }),
    ).toContainText('edited');
    expect(second.app.foreign).toEqual([]);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
