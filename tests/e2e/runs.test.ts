import { expect, test } from './fixtures';

test('runs are kept: named, opened again, duplicated, deleted and brought back', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd(120_000);

  const runs = page.getByRole('dialog', { name: 'Runs' });
  const openRuns = () => page.getByRole('button', { name: 'Runs', exact: true }).click();
  await openRuns();
  await expect(runs.getByRole('listitem')).toHaveCount(1);
  await runs.getByRole('button', { name: /^Rename/u }).click();
  await page.getByRole('textbox', { name: 'Name of the run' }).fill('Captions');
  await page.keyboard.press('Enter');
  await expect(runs.getByRole('button', { name: /^Captions/u })).toBeVisible();
  await runs.getByRole('button', { name: 'New run like Captions' }).click();

  // The copy's choices are changed before it becomes a run.
  await app.choose('Prompts', ['Alt text']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForEnd(120_000);
  await openRuns();
  await expect(runs.getByRole('listitem')).toHaveCount(2);

  await runs.getByRole('button', { name: /^Captions/u }).click();
  await expect(runs).toBeHidden();
  await page.reload();
  await openRuns();
  await expect(runs.getByRole('listitem').filter({ hasText: 'open' })).toContainText('Captions');
  await runs.getByRole('button', { name: 'Delete Captions' }).click();
  await expect(runs.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await openRuns();
  await runs.getByRole('button', { name: /^Captions/u }).click();
  await expect(app.status).toContainText('6 done');
  // It was folded away for the run, and stays so.
  await page.getByRole('button', { name: 'Set-up', expanded: false }).click();
  await expect(page.getByRole('checkbox', { name: 'Short caption' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Alt text' })).not.toBeChecked();
});
