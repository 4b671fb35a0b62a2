import { fixture } from './app';
import { expect, test } from './fixtures';

const BAD = [
  ['empty.png', /empty/iu],
  ['text.png', /not a picture/u],
  ['truncated.jpg', /incomplete/u],
  ['huge-20000x20000.png', /too many pixels/u],
  ['drawing.svg', /SVG/u],
  ['photo.heic', /HEIC/u],
] as const;

test('bad files are refused by name with a reason, and good ones among them are described', async ({
  app,
  page,
}) => {
  await app.addFiles([
    ...BAD.slice(0, 3).map(([name]) => fixture(name)),
    fixture('good.gif'),
    ...BAD.slice(3).map(([name]) => fixture(name)),
  ]);
  const refused = page.getByRole('list', { name: 'Files that were not added' });
  for (const [name, reason] of BAD) {
    await expect(refused.getByRole('listitem').filter({ hasText: name })).toContainText(reason);
  }
  await expect(app.picture('good.gif')).toBeVisible();
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForEnd();
  expect(await app.journal()).toMatchObject({ descriptions: 12, failures: 0, verdicts: 4 });
});

test('a file under another name is the same picture, and kept once', async ({ app, page }) => {
  await app.addFiles([fixture('good.gif')]);
  await expect(app.picture('good.gif')).toBeVisible();
  await app.addFiles([fixture('good.gif', 'good-copy.gif')]);
  await expect(page.getByRole('list', { name: 'Files that were here already' })).toContainText(
    'good-copy.gif',
  );
  await expect(app.picture('good-copy.gif')).toHaveCount(0);
});

test('dropped and pasted pictures are added', async ({ app, page }) => {
  for (const kind of ['drop', 'paste'] as const) {
    await page.evaluate(async (type) => {
      const canvas = new OffscreenCanvas(64, 64);
      const context = canvas.getContext('2d')!;
      context.fillStyle = type === 'drop' ? 'red' : 'blue';
      context.fillRect(0, 0, 64, 64);
      const data = new DataTransfer();
      data.items.add(
        new File([await canvas.convertToBlob()], `${type}ped.png`, { type: 'image/png' }),
      );
      const target = document.querySelector('main') ?? document.body;
      target.dispatchEvent(
        type === 'drop'
          ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, kind);
    await expect(app.picture(`${kind}ped.png`)).toBeVisible();
  }
});

test('an added picture survives a reload, and removing it can be undone', async ({ app, page }) => {
  await app.addFiles([fixture('good.gif')]);
  await expect(app.picture('good.gif')).toBeVisible();
  await page.reload();
  await expect(app.picture('good.gif')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select good.gif' }).check();
  await page
    .getByRole('button', { name: /^Remove/u })
    .first()
    .click();
  await expect(app.picture('good.gif')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(app.picture('good.gif')).toBeVisible();
});

test('Run says what is missing', async ({ app, page }) => {
  await app.choose('Prompts', []);
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await expect(run).toBeDisabled();
  await expect(page.getByRole('button', { name: /at least one prompt/iu })).toBeVisible();
  await app.choose('Prompts', ['Alt text']);
  await expect(run).toBeEnabled();
  await app.choose('Models', []);
  await expect(page.getByRole('button', { name: /at least one model/iu })).toBeVisible();
});
