import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no accessibility finding on first visit, gallery and detail (${colorScheme})`, async ({
    app,
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    expect(await findings(page)).toEqual([]);
    await app.choose('Prompts', ['Short caption']);
    await page.getByRole('button', { name: 'Describe these pictures' }).click();
    await app.waitForEnd();
    expect(await findings(page)).toEqual([]);
    await app.picture('Traffic').click();
    await expect(page.getByRole('heading', { name: 'Verdict' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: /Claims/u }).click();
    expect(await findings(page)).toEqual([]);
  });
}

test('the main job by keyboard alone', async ({ app, page }) => {
  await app.choose('Prompts', ['Short caption']);
  const start = page.getByRole('button', { name: 'Describe these pictures' });
  await start.focus();
  await page.keyboard.press('Enter');
  await app.waitForEnd();
  await app.picture('Two cats and a dog').focus();
  await page.keyboard.press('ArrowRight');
  await expect(app.picture('Traffic')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Traffic' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('heading', { level: 2, name: 'A sign in German' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(app.picture('A sign in German')).toBeVisible();
});

async function findings(page: import('@playwright/test').Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
