import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures';

/** Where it is, in CSS pixels. */
async function box(of: Locator) {
  const found = await of.boundingBox();
  if (found === null) throw new Error('not on screen');
  return { ...found, right: found.x + found.width, bottom: found.y + found.height };
}

test('the form of an own prompt takes the focus, and Escape gives it back', async ({ app }) => {
  const { page } = app;
  const opener = page.getByRole('button', { name: 'Your own prompt' });
  await opener.click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
});

test('panels hang from their buttons, and accepting moves nothing', async ({ app, page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.getByRole('button', { name: 'Set-up' }).click();
  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForEnd(120_000);

  for (const width of [1024, 390]) {
    await page.setViewportSize({ width, height: 768 });
    const button = page.getByRole('button', { name: 'Export' });
    await button.click();
    const panel = await box(page.getByRole('dialog', { name: 'Export' }));
    expect(panel.y).toBeGreaterThanOrEqual((await box(button)).bottom);
    expect(panel.x).toBeGreaterThanOrEqual(8);
    expect(panel.bottom).toBeLessThanOrEqual(768);
    if (width === 1024) expect(panel.right).toBeCloseTo((await box(button)).right, 0);
    await page.keyboard.press('Escape');
  }

  await page.setViewportSize({ width: 1024, height: 768 });
  await app.picture('Traffic').click();
  const tabs = page.getByRole('tablist', { name: 'Evidence' });
  await expect(tabs).toBeVisible();
  const before = await box(tabs);
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Caption' }).fill('Two cars.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('edited by you')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('accepted');
  expect(await box(tabs)).toEqual(before);
});
