import type { Page, Worker } from '@playwright/test';
import { expect, test } from './fixtures';

/** Enough where it does not matter how many there are. */
const TWO_MODELS = ['Mini Qwen2-VL', 'Mini Moondream'];

/** Starts the run of the first visit and waits until some cells are done. */
async function runUntil(page: Page, count: () => Promise<number>, cells: number): Promise<void> {
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await expect.poll(count, { timeout: 120_000, intervals: [50] }).toBeGreaterThanOrEqual(cells);
}

test('a reload at half keeps finished cells, goes on by itself, and does none of them twice', async ({
  app,
  page,
}) => {
  test.setTimeout(300_000);
  await app.choose('Prompts', ['Short caption', 'Objects and counts']);
  await runUntil(page, async () => (await app.journal()).descriptions, 8);
  await page.reload();
  await expect(app.status).toBeVisible();
  const before = await app.journal();
  expect(before.descriptions).toBeLessThan(18);
  await app.waitForEnd(240_000);
  const after = await app.journal();
  expect(after).toMatchObject({ descriptions: 18, failures: 0, verdicts: 3 });
  for (const [key, finishedAt] of Object.entries(before.finishedAt)) {
    expect(after.finishedAt[key], key).toBe(finishedAt);
  }
  expect(await shifts(page)).toBeLessThan(0.05);
});

test('stop ends the work at once, and continue finishes it', async ({ app, page }) => {
  test.setTimeout(300_000);
  await app.choose('Models', TWO_MODELS);
  await app.choose('Prompts', ['Short caption', 'Objects and counts']);
  await runUntil(page, async () => (await app.journal()).descriptions, 3);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(app.status).toContainText('Stopped');
  await expect.poll(() => visionWorkers(page).length).toBe(0);
  const stopped = (await app.journal()).descriptions;
  await page.reload();
  await expect(app.status).toContainText('Stopped');
  expect((await app.journal()).descriptions).toBe(stopped);
  await page.getByRole('button', { name: 'Continue' }).click();
  await app.waitForEnd(240_000);
  expect(await app.journal()).toMatchObject({ descriptions: 12, failures: 0, verdicts: 3 });
});

for (const [how, kill] of [
  ['dies silently', () => self.close()],
  [
    'throws',
    () =>
      void setTimeout(() => {
        throw new Error('killed by the test');
      }),
  ],
] as const) {
  test(`a worker that ${how} in the middle is replaced and every cell still finishes`, async ({
    app,
    page,
  }) => {
    test.setTimeout(300_000);
    await app.choose('Models', TWO_MODELS);
    await app.choose('Prompts', ['Short caption', 'Objects and counts']);
    await runUntil(page, async () => (await app.journal()).descriptions, 2);
    const victim = visionWorkers(page)[0];
    expect(victim).toBeDefined();
    void victim!.evaluate(kill).catch(() => undefined); // a worker that closes itself can't answer
    await app.waitForEnd(240_000);
    expect(await app.journal()).toMatchObject({ descriptions: 12, failures: 0, verdicts: 3 });
    // All of them are gone when the run is over, and their memory with them.
    await expect.poll(() => visionWorkers(page).length).toBe(0);
  });
}

function visionWorkers(page: Page): Worker[] {
  return page.workers().filter((worker) => worker.url().includes('vision'));
}

/** How much of the page has jumped since it was loaded without anybody having done anything (layout shifts, added up). */
function shifts(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as LayoutShift).value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 500);
      }),
  );
}

/** As the specification has it; TypeScript's library lacks it. */
interface LayoutShift extends PerformanceEntry {
  readonly value: number;
}
