import { expect, test } from './fixtures';

test('language and length say what the models can do; text around captions is seen before it is saved', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  const answers = page.getByRole('group', { name: 'Answers' });
  await expect(answers).toContainText('speak English only');
  await expect(answers.getByRole('option', { name: 'German' })).toBeDisabled();
  await expect(answers).toContainText('at the length learned for it');

  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Short caption']);
  await expect(answers).toContainText('Mini Qwen2-VL speaks English only');
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd(120_000);
  await page.getByRole('button', { name: 'Export' }).click();
  const panel = page.getByRole('dialog', { name: 'Export' });
  const preview = panel.getByRole('figure');
  await expect(preview).toContainText(/Two cats and a dog\.txt, \d+ characters/u);
  const caption = (await preview.getByRole('paragraph').innerText()).trim();
  await panel.getByRole('textbox', { name: 'Before each caption' }).fill('sks style, ');
  await panel.getByRole('textbox', { name: 'After each caption' }).fill(' (drawing)');
  await expect(preview).toContainText(`sks style, ${caption} (drawing)`);
  await expect(preview.locator('mark')).toHaveText(['sks style, ', ' (drawing)']);

  // They are kept for the next time.
  await page.reload();
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(preview).toContainText(`sks style, ${caption} (drawing)`);
});
