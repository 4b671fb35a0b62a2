import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

// Worker scripts are changed on their way: a service worker would have them already.
test.use({ serviceWorkers: 'block' });

/** As on a machine that has no more memory to give: the heaps of vision workers can't grow. */
const NO_MORE_MEMORY = `
WebAssembly.Memory.prototype.grow = () => {
  throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
};
`;

async function withoutMemory(page: Page): Promise<void> {
  await page.route(/\/vision\.worker[^/]*\.js$/u, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()}${NO_MORE_MEMORY}` });
  });
}

test('a model that gets no memory says so with what to do, and works when there is some', async ({
  app,
  page,
}) => {
  await app.choose('Models', ['Mini Moondream']);
  await app.choose('Prompts', ['Short caption']);
  await withoutMemory(page);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await expect(app.status).toContainText('0 done, 6 failed', { timeout: 100_000 });
  await expect(page.getByRole('group', { name: 'Mini Moondream' })).toContainText(
    'This device ran out of memory for Mini Moondream. It has no other form for this device',
  );
  expect(await app.journal()).toMatchObject({ descriptions: 0, failures: 3 });

  await page.unrouteAll();
  await page.getByRole('button', { name: 'Retry 6 failed' }).click();
  await app.waitForEnd();
  await expect(page.getByRole('group', { name: 'Mini Moondream' })).toHaveCount(0);
  expect(await app.journal()).toMatchObject({ descriptions: 3, failures: 0, verdicts: 3 });
});

test('every model is tested on this device when asked, and the answer is kept', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  const names = ['Mini Qwen2-VL', 'Mini Phi-3-V', 'Mini Moondream', 'Mini judge'];
  for (const name of names) {
    await page.getByRole('button', { name: `Test ${name}` }).click();
    await expect(page.getByRole('button', { name: `Test again ${name}` })).toBeEnabled({
      timeout: 60_000,
    });
  }
  await expect(page.getByText('Works on this device.')).toHaveCount(names.length);
  await page.reload();
  await expect(page.getByText('Works on this device.')).toHaveCount(names.length);
  expect(await app.journal()).toMatchObject({ descriptions: 0, failures: 0, verdicts: 0 });
});

test('a model that can’t be tested says why and what to do', async ({ app: { page } }) => {
  await withoutMemory(page);
  await page.getByRole('button', { name: 'Test Mini Moondream' }).click();
  await expect(page.getByText('This device ran out of memory for this model.')).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText('Works on this device.')).toHaveCount(0);
});

test('the chosen precision is kept and says what it means', async ({ app: { page } }) => {
  await page.getByRole('button', { name: 'Settings' }).click();
  const precision = page.getByRole('combobox', { name: 'Precision' });
  await expect(precision).toHaveValue('auto');
  await precision.selectOption('q4');
  await expect(page.getByText(/many times slower than q8/u)).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(precision).toHaveValue('q4');
});
