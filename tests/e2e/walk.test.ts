import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { fixture } from './app';
import { expect, test } from './fixtures';

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${String(target)} can't be reached with ${key}`);
}

/** Checks or unchecks a box that Tab has to reach. */
async function tabToAndSet(page: Page, box: Locator, wanted: boolean): Promise<void> {
  await tabTo(page, box);
  if ((await box.isChecked()) !== wanted) await page.keyboard.press('Space');
  await expect(box).toBeChecked({ checked: wanted });
}

test('the main job with the keyboard alone, by roles and names', async ({ app, page }) => {
  test.setTimeout(240_000);
  const setup = page.getByRole('complementary', { name: 'Set-up' });
  // Add a picture.
  await tabTo(page, setup.getByRole('button', { name: 'Choose files' }));
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles([fixture('good.gif', 'My picture.gif')]);
  await expect(app.picture('My picture.gif')).toBeVisible();

  // Choose models and prompts.
  const models = setup.getByRole('list', { name: 'Models' });
  for (const [name, wanted] of [
    ['Mini Qwen2-VL', true],
    ['Mini Phi-3-V', false],
    ['Mini Moondream', false],
  ] as const)
    await tabToAndSet(page, models.getByRole('checkbox', { name }), wanted);
  const prompts = setup.getByRole('list', { name: 'Prompts' });
  for (const [name, wanted] of [
    ['Comprehensive analysis', false],
    ['Extensive description', false],
    ['Short caption', true],
    ['Objects and counts', false],
  ] as const)
    await tabToAndSet(page, prompts.getByRole('checkbox', { name }), wanted);

  // Run, and wait: what goes on is said.
  await tabTo(page, setup.getByRole('button', { name: 'Run', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('progressbar', { name: 'Run progress' })).toBeVisible();
  await app.waitForEnd();

  // Open a picture, read its verdict, and edit it.
  await tabTo(page, page.getByRole('list', { name: 'Pictures' }).getByRole('button').first());
  await page.keyboard.press('End');
  await expect(app.picture('My picture.gif')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: 'My picture.gif' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'My picture.gif' })).toBeFocused();
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText(/\w{3}/u);
  await page.keyboard.press('e');
  await expect(page.getByRole('textbox', { name: 'Caption' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('A gradient from red to blue.');
  await page.keyboard.press('Control+Enter');
  await expect(verdict).toContainText('edited by you');

  // The evidence, by the arrow keys of its tabs.
  await tabTo(page, page.getByRole('tab', { name: /^Descriptions/u }));
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: /^Claims/u })).toBeFocused();
  await expect(page.getByRole('tabpanel')).toBeVisible();

  // Accept the one before, and go back.
  await tabTo(page, page.getByRole('button', { name: 'Picture before' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'A sign in German' })).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { level: 2, name: 'My picture.gif' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(app.picture('My picture.gif')).toBeFocused();

  // Take it away.
  await tabTo(page, page.getByRole('button', { name: 'Export' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Export' });
  await tabTo(page, panel.getByRole('button', { name: 'Save file' }));
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trimEnd()
    .split('\n');
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({
    file_name: 'My picture.gif',
    caption: 'A gradient from red to blue.',
    accepted: true,
  });
  expect(JSON.parse(lines.at(-2)!)).toMatchObject({
    file_name: 'A sign in German',
    accepted: true,
  });
});

test('the storage is reached, read and left by keyboard', async ({ app, page }) => {
  await expect(app.picture('Traffic')).toBeVisible();
  const button = page.getByRole('button', { name: /^Storage/u });
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Storage' });
  await tabTo(page, panel.getByRole('button', { name: /^Forget everything/u }));
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('button', { name: 'Keep everything' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('button', { name: /^Forget everything/u })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(button).toBeFocused();
});
