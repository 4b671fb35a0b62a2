import type { Page } from '@playwright/test';
import { fixture, type App } from './app';
import { look } from './axe';
import { expect, test } from './fixtures';

async function tab(page: Page, name: string): Promise<void> {
  const button = page.getByRole('navigation').getByRole('button', { name });
  if (await button.isVisible()) await button.click();
}

/** Opens a popover, looks at it and closes it. */
async function popover(page: Page, name: string, ready: string | RegExp): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`^${name}`, 'u') })
    .first()
    .click();
  const panel = page.getByRole('dialog', { name });
  await expect(panel).toContainText(ready);
  await look(page, name);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
}

async function popovers(page: Page): Promise<void> {
  await popover(page, 'Runs', 'Open project file');
  await popover(page, 'Settings', 'Device');
  await popover(page, 'Export', 'Save file');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Help' })).toContainText('Privacy');
  await look(page, 'Help');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Storage/u }).click();
  const storage = page.getByRole('dialog', { name: 'Storage' });
  await expect(storage.getByRole('region', { name: /^Models/u })).toBeVisible();
  await look(page, 'Storage');
  await storage.getByRole('button', { name: /^Forget everything/u }).click();
  await look(page, 'Storage, asked');
  await page.keyboard.press('Escape');
}

async function detail(app: App, page: Page): Promise<void> {
  await app.picture('A sign in German').click();
  await expect(page.getByRole('heading', { name: 'Verdict' })).toBeVisible();
  for (const name of ['Descriptions', 'Claims', 'Text', 'Differences', 'History']) {
    await page.getByRole('tab', { name: new RegExp(`^${name}`, 'u') }).click();
    await look(page, `detail: ${name}`);
  }
  await popover(page, 'Forget this picture', /frees/u);
  await page.keyboard.press('e');
  await look(page, 'editor');
  await page.getByRole('textbox', { name: 'Caption' }).fill('Mine.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'The verdict', exact: true }).click();
  await look(page, 'edited, with its verdict and history');
  await page.getByRole('button', { name: 'What differs' }).click();
  await expect(page.getByRole('combobox', { name: 'Text B' })).toBeVisible();
  await look(page, 'edited, with what differs');
}

for (const [name, viewport] of [
  ['wide', { width: 1440, height: 900 }],
  ['390 px', { width: 390, height: 844 }],
] as const) {
  test(`axe finds nothing on any screen (${name})`, async ({ app, page }) => {
    test.setTimeout(300_000);
    await page.setViewportSize(viewport);
    await expect(app.picture('Traffic')).toBeVisible();
    await look(page, 'first visit');
    await tab(page, 'Set-up');
    await page.getByRole('button', { name: /own prompt/iu }).click();
    await look(page, 'set-up with the form for a prompt');
    await page.keyboard.press('Escape');
    await app.addFiles([fixture('truncated.jpg')]);
    await expect(page.getByRole('list', { name: 'Files that were not added' })).toBeVisible();
    await look(page, 'set-up with a refused file');
    await app.choose('Prompts', ['Read the text', 'Objects and counts']);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await tab(page, 'Pictures');
    await expect(app.status.getByText(/^[1-9]\d? of/u)).toBeVisible({ timeout: 60_000 });
    await look(page, 'running');
    await app.waitForEnd();
    await look(page, 'gallery, full');
    await popovers(page);
    await detail(app, page);
    await page.keyboard.press('Escape');
    await tab(page, 'Pictures');
    await page.getByRole('list', { name: 'Pictures' }).getByRole('button').first().focus();
    for (let count = 0; count < 3; count += 1) await page.keyboard.press('Delete');
    await expect(page.getByRole('heading', { name: 'No pictures yet' })).toBeVisible();
    await look(page, 'empty, with notices');
  });
}

test('axe finds nothing where the browser is told what it lacks', async ({ browser, baseURL }) => {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    // A page of its own: the script must run before the app does.
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    await page.addInitScript('delete globalThis.WebAssembly');
    await page.goto(baseURL ?? '');
    await expect(page.getByRole('main')).toContainText('It lacks WebAssembly');
    await look(page, 'unsupported');
    await context.close();
  }
});
