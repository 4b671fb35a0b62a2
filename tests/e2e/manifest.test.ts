import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures';

test('a run’s manifest is saved from the list and sets the same choices up again', async ({
  app,
  page,
}) => {
  await app.choose('Models', ['Mini Moondream']);
  await app.choose('Prompts', ['Alt text', 'Short caption']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(app.status).toContainText('Stopped');

  const runs = page.getByRole('dialog', { name: 'Runs' });
  const openRuns = () => page.getByRole('button', { name: 'Runs', exact: true }).click();
  await openRuns();
  const download = page.waitForEvent('download');
  await runs.getByRole('button', { name: /^Save the manifest/u }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  await page.keyboard.press('Escape');

  const load = async (content: string) => {
    await openRuns();
    const chooser = page.waitForEvent('filechooser');
    await runs.getByRole('button', { name: 'Load a manifest' }).click();
    const file = { name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(content) };
    await (await chooser).setFiles(file);
  };
  await page.getByRole('button', { name: 'Set-up' }).click();
  await app.choose('Models', ['Mini Phi-3-V']);
  await app.choose('Prompts', ['Read the text']);
  await load(text);
  await expect(page.getByText(/^Set up as “.+” was\.$/u)).toBeVisible();
  for (const name of ['Mini Moondream', 'Alt text', 'Short caption'])
    await expect(page.getByRole('checkbox', { name })).toBeChecked();
  for (const name of ['Mini Phi-3-V', 'Read the text'])
    await expect(page.getByRole('checkbox', { name })).not.toBeChecked();

  // What this app does not have is said, and what is to be done.
  await load(text.replace('embedded/mini-moondream', 'somebody/else'));
  await expect(page.getByText(/“somebody\/else” is not here.+choose another/u)).toBeVisible();
  await load('{}');
  await expect(page.getByText(/“run.json” can’t set up a run: .+no manifest/u)).toBeVisible();

  // The same by a drop.
  await app.choose('Prompts', ['Read the text']);
  await page.evaluate((content) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], 'run.json', { type: 'application/json' }));
    const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(drop);
  }, text);
  await expect(page.getByRole('checkbox', { name: 'Alt text' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Read the text' })).not.toBeChecked();
});
