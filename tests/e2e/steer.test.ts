import type { Page } from '@playwright/test';
import { look } from './axe';
import { expect, test } from './fixtures';
import { storedRows } from './stored-rows';

/** Lets go of a picture above the page. */
function drop(page: Page, name: string): Promise<void> {
  return page.evaluate(async (file) => {
    const canvas = new OffscreenCanvas(64, 64);
    canvas.getContext('2d')!.fillRect(16, 16, 32, 32);
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([await canvas.convertToBlob()], file, { type: 'image/png' }));
    const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
  }, name);
}

test('a run is paused, goes on, leaves a model out and takes it back, and grows by a picture and by a prompt', async ({
  app,
  page,
}) => {
  test.setTimeout(180_000);
  await expect(app.picture('A sign in German')).toBeVisible();
  await app.picture('A sign in German').focus();
  await page.keyboard.press('Delete');
  await app.choose('Prompts', ['Extensive description', 'Objects and counts']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();

  // One more picture while the others are described.
  await expect(app.status).toContainText('of 14', { timeout: 30_000 });
  await drop(page, 'dropped.png');
  await page.getByRole('button', { name: 'Add 1 new picture' }).click();
  await expect(app.status.getByRole('button', { name: 'Pause' })).toBeVisible();
  await app.status.getByRole('button', { name: 'Pause' }).click();
  await expect(app.status).toContainText(/^\s*Paused at \d+ of 21/u, { timeout: 60_000 });
  const { descriptions } = await app.journal();
  const panel = page.getByRole('dialog', { name: 'Models at work' });
  await app.status.getByTitle('What each model does').click();
  await expect(panel.getByRole('list', { name: 'Models of the run' })).toBeVisible();
  await look(page, 'models at work');
  // Nothing begins while it is paused.
  expect((await app.journal()).descriptions).toBe(descriptions);
  await panel.getByRole('button', { name: /Mini Moondream/u }).click();
  await page.keyboard.press('Escape');
  await app.status.getByRole('button', { name: 'Go on' }).click();
  await expect(app.status).toContainText(/\d+ done/u, { timeout: 90_000 });

  // What was left out is done after all, and one prompt more.
  await app.status.getByTitle('What each model does').click();
  await panel.getByRole('button', { name: /skipped/u }).click();
  await page.keyboard.press('Escape');
  await app.choose('Prompts', ['Extensive description', 'Objects and counts', 'Short caption']);
  await page.getByRole('button', { name: 'Add 9 descriptions' }).click();
  await expect(app.status).toContainText('30 done', { timeout: 120_000 });
  expect(await app.journal()).toMatchObject({ descriptions: 27, failures: 0 });
  expect(Object.keys((await storedRows(page, ['runs'])).runs!)).toHaveLength(1);
  await expect(app.picture('dropped.png')).toHaveAccessibleDescription(/9 of 9 descriptions done/u);

  // One word in all captions, seen before, and undone as a whole.
  const captions = page.getByRole('list', { name: 'Pictures' });
  await expect(captions).toContainText('dog');
  await page.getByRole('button', { name: 'Replace', exact: true }).click();
  await page.getByLabel('Find', { exact: true }).fill('dog');
  await page.getByLabel('Replace with').fill('hound');
  await expect(page.getByRole('list', { name: 'What would change' })).toContainText('hound');
  await look(page, 'find and replace');
  await page.getByRole('button', { name: /^Replace in/u }).click();
  await expect(captions).toContainText('hound');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(captions).not.toContainText('hound');
  await expect(captions).toContainText('dog');
});
