import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs';
import { App, type FilePayload } from './app';

const PICTURES = 200;
/** A description and a verdict for each. */
const ALL_DONE = `${String(PICTURES * 2)} done`;

/** Small pictures that are all different: a square on a background. */
async function pictures(page: Page): Promise<readonly FilePayload[]> {
  const encoded = await page.evaluate(async (count) => {
    const urls: string[] = [];
    for (let index = 0; index < count; index += 1) {
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
  }, PICTURES);
  return encoded.map((base64, index) => ({
    name: `picture-${String(index).padStart(3, '0')}.png`,
    mimeType: 'image/png',
    buffer: Buffer.from(base64, 'base64'),
  }));
}

/** Every record of these stores by its key; bytes as their SHA-256. */
function everything(page: Page): Promise<Record<string, Record<string, unknown>>> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open('vlm-image-analysis');
      open.onsuccess = () => resolve(open.result);
    });
    const readable = async (value: unknown): Promise<unknown> => {
      const bytes = (value as { bytes?: unknown }).bytes;
      if (!(bytes instanceof ArrayBuffer)) return value;
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      return { ...(value as object), bytes: Array.from(hash).join(' ') };
    };
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
    const found: Record<string, Record<string, unknown>> = {};
    for (const name of ['runs', 'journal', 'edits', 'images', 'thumbnails']) {
      const rows = database.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
      found[name] = {};
      for (const [index, key] of keys.entries())
        found[name][key as string] = await readable(values[index]);
    }
    database.close();
    return found;
  });
}

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
    await first.app.addFiles(await pictures(first.page));
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
    await second.app.picture('picture-007.png').click();
    await second.page.keyboard.press('e');
    await second.page.getByRole('textbox', { name: 'Caption' }).fill('My own words.');
    await second.page.keyboard.press('Control+Enter');
    await expect(second.page.getByText('edited by you')).toBeVisible();
    await second.page.keyboard.press('Escape');
    const before = await everything(second.page);
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
    const gone = await everything(second.page);
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
    const after = await everything(second.page);
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
