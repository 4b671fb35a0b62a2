import { look } from './axe';
import { SAMPLES } from './app';
import { expect, test } from './fixtures';
import { dreamed, honest, putCorrected, putDescribed } from './learn-world';
import { putPictures } from './many';

const COUNT = 12;
const CORRECTED = 9;
/** One whose caption nobody has touched. */
const OTHER = 10;

test('what somebody accepts teaches how far to trust each model, and a run is judged again by it', async ({
  app,
  page,
}) => {
  for (const name of SAMPLES) await expect(app.picture(name)).toBeVisible({ timeout: 30_000 });
  const run = await putDescribed(page, await putPictures(page, COUNT));
  await page.reload();
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  await page.getByRole('button', { name: /^Meadow/u }).click();
  await page.getByRole('button', { name: 'Continue', exact: true }).first().click();
  await app.waitForEnd();
  const card = (index: number) =>
    page
      .getByRole('list', { name: 'Pictures' })
      .getByRole('listitem')
      .filter({
        has: page.getByRole('button', { name: `picture ${String(index + 1)}.png`, exact: true }),
      });
  // Both count alike: who says more has more that may be true.
  await expect(card(OTHER)).toContainText(dreamed(OTHER).slice(0, 40));
  const learn = page.getByRole('button', { name: 'Learn', exact: true });
  await expect(learn).toBeHidden();

  await putCorrected(page, run, CORRECTED);
  await page.reload();
  await learn.click();
  const panel = page.getByRole('dialog', { name: 'Learn from your captions' });
  await expect(panel).toContainText(/9 captions you accepted decide on\s+126 claims\./u);
  const rows = panel.getByRole('list', { name: 'Models' }).getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText(/Honest VLM.*more.*Right in \d+ of \d+ things it said/u);
  await expect(rows.last()).toContainText(
    /Dreaming VLM.*less.*Right in \d+ of \d+ things it said/u,
  );
  await look(page, 'learning from captions');

  await panel.getByRole('button', { name: 'Count models by this' }).click();
  await panel.getByRole('button', { name: 'Judge this run again' }).click();
  await expect(panel.getByRole('button', { name: 'Judge this run again' })).toBeHidden();
  await app.waitForEnd();
  await page.keyboard.press('Escape');
  await expect(card(OTHER)).toContainText(honest(OTHER).slice(0, 40));
  // Accepted words are what they were, and the verdict of before is kept.
  await expect(card(0)).toContainText(honest(0));
  await app.picture('picture 1.png').click();
  await page.getByRole('tab', { name: 'History' }).click();
  const history = page.getByRole('tabpanel');
  await expect(history).toContainText('by learned weights');
  await expect(history).toContainText(dreamed(0));
  await page.keyboard.press('Escape');

  // Kept over a reload; the set-up says so, and takes it back.
  await page.reload();
  await app.choose('Models', ['Honest VLM 500M', 'Dreaming VLM 2B']);
  const line = page.getByText(/models you downloaded count by 9 captions you accepted/u);
  await expect(line).toBeVisible();
  await page.getByRole('button', { name: 'Count all alike' }).click();
  await expect(line).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(line).toBeVisible();
});
