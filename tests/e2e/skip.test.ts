import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from './app';
import { expect, test } from './fixtures';

test('pictures with a text beside them, or described in another run, are skipped and say why', async ({
  app,
  page,
}, testInfo) => {
  test.setTimeout(240_000);
  const folder = testInfo.outputPath('holiday');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'beach.jpg'), fixture('exif-rotated.jpg').buffer);
  writeFileSync(join(folder, 'beach.txt'), 'A beach in the evening.');
  writeFileSync(join(folder, 'square.png'), fixture('good-32x32.png').buffer);

  // As in a browser that can't keep folders: their pictures are copied.
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'showDirectoryPicker');
  });
  await page.reload();
  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd(120_000);

  await page.getByRole('button', { name: 'Set-up' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose folder' }).click();
  await (await chooser).setFiles(folder);
  await expect(app.picture('square.png')).toBeVisible();
  await expect(app.picture('beach.jpg')).toBeVisible();
  // The text file belongs to its picture and is no refused file.
  await expect(page.getByRole('list', { name: 'Files that were not added' })).toHaveCount(0);
  const sum = page.getByText(/pictures? × 1 model × 1 prompt/u);
  const size = '5 pictures × 1 model × 1 prompt = 5 descriptions, 5 verdicts';
  // The run has fetched its models, and shown how long such pictures take.
  await expect(sum).toHaveText(
    new RegExp(`^${size}\\. About \\d+ s\\. Nothing to download\\.$`, 'u'),
  );

  await page.getByRole('checkbox', { name: 'Skip pictures that are described already' }).check();
  await expect(sum).toContainText(
    '1 picture × 1 model × 1 prompt = 1 description, 1 verdict. 4 pictures skipped.',
  );
  const card = (name: string) =>
    page.getByRole('list', { name: 'Pictures' }).getByRole('listitem').filter({ hasText: name });
  await expect(card('beach.jpg')).toContainText('Skipped: beach.txt is beside it.');
  await page.getByRole('button', { name: 'New run', exact: true }).click();
  await app.waitForEnd(60_000);
  await expect(app.status).toContainText('2 done');
  await expect(card('Traffic')).toContainText('Skipped: described in the run');

  // The choice is kept, and what the text file says can be read.
  await page.reload();
  await expect(card('Traffic')).toContainText('Skipped: described in the run');
  await app.picture('beach.jpg').click();
  await expect(page.getByText('A beach in the evening.')).toBeVisible();
});
