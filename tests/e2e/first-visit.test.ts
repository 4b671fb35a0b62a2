import { expect, test } from './fixtures';
import { SAMPLES } from './app';

test('first visit: one click describes three samples with three models and three prompts', async ({
  app,
  page,
}) => {
  test.setTimeout(300_000);
  for (const name of SAMPLES) await expect(app.picture(name)).toBeVisible();
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd(280_000);
  const journal = await app.journal();
  expect(journal).toMatchObject({ descriptions: 27, failures: 0, verdicts: 3 });

  await app.picture('Two cats and a dog').click();
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText(/cat/iu);
  await page.getByRole('tab', { name: /Descriptions/u }).click();
  for (const model of ['Mini Qwen2-VL', 'Mini Phi-3-V', 'Mini Moondream']) {
    await expect(page.getByRole('region', { name: model, exact: true })).toContainText(/\w{3}/u);
  }
  await page.getByRole('tab', { name: /Claims/u }).click();
  await expect(page.getByRole('table').getByRole('row', { name: /cat/u }).first()).toBeVisible();
});

test('second visit: a run needs no weight from the network', async ({ app, page, context }) => {
  test.setTimeout(240_000);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd(120_000);
  expect(app.weightRequests.length).toBeGreaterThan(10);

  await context.route('**/models/**', (route) => route.abort());
  app.weightRequests.length = 0;
  await page.reload();
  await app.choose('Prompts', ['Alt text']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForEnd(120_000);
  expect(await app.journal()).toMatchObject({ descriptions: 18, failures: 0, verdicts: 6 });
  expect(app.weightRequests).toEqual([]);
});
