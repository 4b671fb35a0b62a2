import { expect, test } from './fixtures';

test('? opens the help from anywhere, Escape closes it, and the focus is where it was', async ({
  app,
  page,
}) => {
  const help = page.getByRole('dialog', { name: 'Help' });
  await app.picture('Traffic').focus();
  await page.keyboard.press('?');
  await expect(help).toBeVisible();
  await expect(help).toBeFocused();
  await expect(help).toContainText('accept the caption, go to the next');
  await expect(help).toContainText('No picture and no text leaves it');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(app.picture('Traffic')).toBeFocused();

  // The button does the same; a second ? closes it.
  await page.getByRole('button', { name: 'Help' }).focus();
  await page.keyboard.press('Enter');
  await expect(help).toBeFocused();
  await page.keyboard.press('?');
  await expect(help).toBeHidden();
  await expect(page.getByRole('button', { name: 'Help' })).toBeFocused();

  // In a field it is a question mark.
  await page.getByRole('button', { name: /own prompt/iu }).click();
  const field = page.getByRole('textbox').first();
  await field.focus();
  await page.keyboard.type('What?');
  await expect(field).toHaveValue('What?');
  await expect(help).toBeHidden();
});
