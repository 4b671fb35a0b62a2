import type { Page } from '@playwright/test';
import { App } from './app';
import { expect, test } from './fixtures';

const doneIn = async (app: App) => Number(/(\d+) of/u.exec(await app.status.innerText())?.[1] ?? 0);

/** A second tab on the run that the first one works on. */
async function secondTab(app: App, page: Page): Promise<App> {
  await expect.poll(() => doneIn(app), { timeout: 60_000 }).toBeGreaterThan(1);
  const other = await page.context().newPage();
  const second = new App(other, page.url());
  await second.page.goto(page.url());
  await expect(second.status).toContainText('In another tab');
  return second;
}

test('two tabs: the second one shows the run live and goes on when the first is killed', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await app.choose('Prompts', ['Short caption', 'Objects and counts']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  const second = await secondTab(app, page);
  const seen = await doneIn(second);
  await expect.poll(() => doneIn(second), { timeout: 30_000 }).toBeGreaterThan(seen);
  const before = (await app.journal()).finishedAt;
  await page.close();

  await second.waitForEnd(180_000);
  const after = await second.journal();
  expect(after).toMatchObject({ descriptions: 18, failures: 0, verdicts: 3 });
  for (const [key, at] of Object.entries(before)) expect(after.finishedAt[key]).toBe(at);
});

test('two tabs: a caption that is changed or accepted in one is so in the other at once', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd(120_000);
  const other = await page.context().newPage();
  const second = new App(other, page.url());
  await other.goto(page.url());
  await second.picture('Traffic').click();
  await app.picture('Traffic').click();
  const here = page.getByRole('region', { name: 'Verdict' });
  const there = other.getByRole('region', { name: 'Verdict' });
  await here.getByRole('button', { name: 'Edit' }).click();
  await here.getByRole('textbox', { name: 'Caption' }).fill('Two cars, a bus and I.');
  await here.getByRole('button', { name: 'Save and accept' }).click();
  await expect(there).toContainText('Two cars, a bus and I.');
  await expect(there).toContainText('accepted');
  await there.getByRole('button', { name: 'Take back' }).click();
  await expect(here).not.toContainText('accepted');
  // What is being written is not taken away by what the other tab saves.
  await there.getByRole('button', { name: 'Edit' }).click();
  await there.getByRole('textbox', { name: 'Caption' }).fill('Half a sent');
  await here.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(there.getByRole('textbox', { name: 'Caption' })).toHaveValue('Half a sent');
  await there.getByRole('button', { name: 'Cancel' }).click();
  await expect(there).toContainText('accepted');
});

test('two tabs: the second one takes over, and the first one follows it to the end', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await app.choose('Prompts', ['Short caption', 'Objects and counts']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  const second = await secondTab(app, page);
  await second.page.getByRole('button', { name: 'Take over' }).click();
  await expect(app.status).toContainText('In another tab');
  const before = (await second.journal()).finishedAt;
  await second.waitForEnd(180_000);
  await app.waitForEnd(10_000);
  const after = await second.journal();
  expect(after).toMatchObject({ descriptions: 18, failures: 0, verdicts: 3 });
  for (const [key, at] of Object.entries(before)) expect(after.finishedAt[key]).toBe(at);
});
