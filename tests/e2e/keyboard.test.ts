import { expect, test } from './fixtures';

test('arrow keys lead through the gallery and from picture to picture', async ({ app, page }) => {
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
  // Also from a list of tabs, to which the arrow keys belong.
  await page.keyboard.press('Enter');
  const tab = page.getByRole('tab', { name: /Text/u });
  await tab.click();
  await expect(tab).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(app.picture('A sign in German')).toBeVisible();
});
