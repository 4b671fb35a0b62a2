import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { App } from './app';
import { expect, test } from './fixtures';

const cell = (page: Page, title: string) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { level: 5, name: title }) });

const tab = (page: Page, name: string) =>
  page.getByRole('tab', { name: new RegExp(`^${name}`, 'u') }).click();

const history = (page: Page) => page.getByRole('group', { name: 'History' });

test('an answer is described again, the old one stays beside it, and the verdict is judged again', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd(120_000);
  await app.picture('Traffic').click();
  const verdict = page.getByRole('region', { name: 'Verdict' });
  const short = cell(page, 'Short caption').last();
  const before = (await short.locator('.text').innerText()).trim();
  const judged = (await verdict.locator('.caption').innerText()).trim();

  // Greedy with the same model and prompt would say the same: the form says so instead of doing it.
  await page.getByRole('button', { name: 'Describe again: Short caption' }).click();
  const form = page.getByRole('form', { name: 'Describe again: Short caption' });
  await form.getByRole('radio', { name: /^Greedy/u }).check();
  await expect(form).toContainText('give the same text again');
  await expect(form.getByRole('button', { name: 'Describe again' })).toBeDisabled();
  await form.getByRole('radio', { name: /^Sampled/u }).check();
  await form.getByRole('spinbutton', { name: 'Seed' }).fill('4711');
  await form.getByRole('button', { name: 'Describe again' }).click();
  await expect(short).toContainText('Earlier answers (1)', { timeout: 60_000 });
  await expect(short).toContainText('seed 4711');
  await expect(verdict).toContainText('made from older answers');
  await expect(verdict.locator('.caption')).toHaveText(judged);
  await short.getByText('Earlier answers').click();
  const old = short.getByRole('listitem');
  await expect(old).toContainText('Mini Qwen2-VL · Short caption · greedy');
  await expect(old).toContainText(before);

  await verdict.getByRole('button', { name: 'Judge again' }).click();
  await tab(page, 'History');
  await expect(history(page)).toContainText('Judged again by Mini judge', { timeout: 60_000 });
  await app.waitForEnd(60_000);
  await expect(verdict).not.toContainText('made from older answers');
  await tab(page, 'Descriptions');
  const after = (await short.locator('.text').first().innerText()).trim();
  const rejudged = (await verdict.locator('.caption').innerText()).trim();

  await page.reload();
  await app.picture('Traffic').click();
  await expect(short.locator('.text').first()).toHaveText(after);
  await expect(verdict.locator('.caption')).toHaveText(rejudged);
  await tab(page, 'History');
  await expect(history(page)).toContainText(judged);

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page
    .getByRole('dialog', { name: 'Export' })
    .getByRole('button', { name: 'Save file' })
    .click();
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trimEnd()
    .split('\n');
  const row = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .find(({ file_name: name }) => name === 'Traffic');
  expect(row).toMatchObject({
    descriptions: [
      {
        model: 'embedded/mini-qwen2-vl',
        prompt: 'Short caption',
        text: after,
        decode: { sampling: { kind: 'sampled', seed: 4711 } },
      },
    ],
    earlier_descriptions: [{ model: 'embedded/mini-qwen2-vl', text: before }],
    verdict: { caption: rejudged },
    earlier_verdicts: [{ caption: judged }],
  });

  // What was there first stands again without a model being asked.
  await app.picture('Traffic').click();
  await tab(page, 'Descriptions');
  const journal = await app.journal();
  await short.getByText('Earlier answers').click();
  await short.getByRole('button', { name: 'Use this one' }).click();
  await expect(short.locator('.text').first()).toHaveText(before);
  await expect(verdict).toContainText('made from older answers');
  await tab(page, 'History');
  await history(page).getByRole('button', { name: 'Use this verdict' }).click();
  await expect(verdict.locator('.caption')).toHaveText(judged);
  await expect(verdict).not.toContainText('made from older answers');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(verdict.locator('.caption')).toHaveText(rejudged);
  await history(page).getByRole('button', { name: 'Use this verdict' }).click();
  await expect(verdict.locator('.caption')).toHaveText(judged);
  expect(await app.journal()).toEqual(journal);
});

test('asked for in the middle of a run it comes next, and the other tab shows it', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.picture('Two cats and a dog').click();
  const own = page.getByRole('region', { name: 'Mini Qwen2-VL' });
  const again = own.getByRole('button', { name: 'Describe again: Objects and counts' });
  await expect(again).toBeVisible({ timeout: 60_000 });
  const other = await page.context().newPage();
  const second = new App(other, page.url());
  await other.goto(page.url());
  await expect(second.status).toContainText('In another tab', { timeout: 30_000 });
  await second.picture('Two cats and a dog').click();

  await again.click();
  const form = page.getByRole('form', { name: 'Describe again: Objects and counts' });
  await expect(form).toContainText('It begins when what is being written now is done.');
  await form.getByLabel('Prompt').selectOption('Short caption');
  await form.getByRole('button', { name: 'Describe again' }).click();
  const ownShort = own.getByRole('article').filter({ hasText: 'Short caption' });
  await expect(ownShort).toBeVisible();
  const otherShort = other
    .getByRole('region', { name: 'Mini Qwen2-VL' })
    .getByRole('article')
    .filter({ hasText: 'Short caption' });
  await expect(otherShort).toBeVisible();

  await app.waitForEnd(180_000);
  await expect(ownShort).toContainText('tokens in');
  await expect(otherShort).toContainText('tokens in');
  await expect(second.status).toContainText('31 done');
  expect(await app.journal()).toMatchObject({ descriptions: 28, failures: 0, verdicts: 3 });
});

test('a tab that shows the finished run sees what the other one has made again', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd(120_000);
  await app.picture('Traffic').click();
  const other = await page.context().newPage();
  const second = new App(other, page.url());
  await other.goto(page.url());
  await second.picture('Traffic').click();
  await expect(second.status).toContainText('6 done');

  await page.getByRole('button', { name: 'Describe again: Short caption' }).click();
  const form = page.getByRole('form', { name: 'Describe again: Short caption' });
  await form.getByLabel('Prompt').selectOption('Objects and counts');
  await form.getByRole('button', { name: 'Describe again' }).click();
  // Another question has a place of its own, and the other answer still counts.
  await expect(cell(other, 'Objects and counts').last()).toContainText('tokens in', {
    timeout: 60_000,
  });
  await expect(cell(other, 'Short caption').last()).not.toContainText('Earlier answers');
  await expect(other.getByRole('region', { name: 'Verdict' })).toContainText(
    'made from older answers',
  );
  await expect(second.status).toContainText('7 done');

  // And the other way round.
  await other.getByRole('button', { name: 'Judge again' }).click();
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await tab(page, 'History');
  await expect(history(page)).toContainText('Judged again by', { timeout: 60_000 });
  await expect(verdict).not.toContainText('made from older answers');
});
