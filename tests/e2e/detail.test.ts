import type { Page } from '@playwright/test';
import type { App } from './app';
import { expect, test } from './fixtures';

const tab = (page: Page, name: string) =>
  page.getByRole('tab', { name: new RegExp(`^${name}`, 'u') }).click();

async function finished(app: App, page: Page, models: readonly string[]): Promise<void> {
  await app.choose('Models', models);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd(180_000);
  await app.openPicture('Traffic');
}

test('own words stay when the verdict is made again; it is one click away, and so is what differs', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await finished(app, page, ['Mini Qwen2-VL']);
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await page.keyboard.press('e');
  const editor = page.getByRole('textbox', { name: 'Caption' });
  await editor.fill('My <b>own</b> words.');
  // Neither Esc nor another picture takes them away.
  await page.keyboard.press('Escape');
  await expect(page.getByText('Edit dropped')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+z');
  await expect(editor).toHaveValue('My <b>own</b> words.');
  await page.keyboard.press('Control+Enter');
  await expect(verdict).toContainText('edited by you');

  await page.getByRole('button', { name: 'Describe again: Short caption' }).click();
  const form = page.getByRole('form', { name: 'Describe again: Short caption' });
  await form.getByLabel('Prompt').selectOption('Objects and counts');
  await form.getByRole('button', { name: 'Describe again' }).click();
  await verdict.getByRole('button', { name: 'Judge again' }).click({ timeout: 60_000 });
  await expect(verdict).toContainText('your words; the verdict was made again since', {
    timeout: 60_000,
  });
  await expect(verdict.locator('.own')).toHaveText('My <b>own</b> words.');
  await expect(verdict).toContainText('accepted');
  await verdict.getByRole('button', { name: 'The new verdict' }).click();
  const rejudged = (await verdict.locator('.caption').innerText()).trim();

  await verdict.getByRole('button', { name: 'What differs' }).click();
  await expect(page.getByRole('tab', { name: 'Differences' })).toBeFocused();
  await expect(page.getByRole('combobox', { name: 'Text A' })).toHaveValue('verdict');
  await expect(page.getByRole('insertion').filter({ visible: true }).first()).toContainText('My');
  await expect(page.getByRole('status').filter({ hasText: 'only in A' })).toBeVisible();

  await tab(page, 'History');
  const history = page.getByRole('group', { name: 'History' });
  await expect(history.getByRole('listitem')).toContainText([
    'Judged again by Mini judge',
    'Described again by Mini Qwen2-VL',
    'You wrote',
    'Judged by Mini judge',
    'Described by Mini Qwen2-VL',
  ]);
  await history.getByRole('button', { name: 'Take the judge’s words' }).click();
  await expect(verdict.locator('.caption')).toHaveText(rejudged);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(verdict.locator('.own')).toHaveText('My <b>own</b> words.');
  await page.reload();
  await app.picture('Traffic').click();
  await expect(verdict).toContainText('your words; the verdict was made again since');

  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('a');
  const title = (name: string) => page.getByRole('heading', { level: 2, name });
  await expect(title('Two cats and a dog')).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByText('All 3 are accepted.')).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible();
});

test('two models are compared side by side, and every way to judge them; on a phone in one text, where claims need no scrolling', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await finished(app, page, ['Mini Qwen2-VL', 'Mini Moondream']);
  await tab(page, 'Differences');
  const a = page.getByRole('combobox', { name: 'Text A' });
  const b = page.getByRole('combobox', { name: 'Text B' });
  await expect(a.locator('option:checked')).toHaveText('Short caption');
  await expect(b.locator('option:checked')).toHaveText('Short caption');
  const paragraphs = page.locator('.differences').getByRole('paragraph');
  const texts = () => paragraphs.filter({ visible: true, hasNotText: 'only in A' });
  const columns = await texts().last().boundingBox();
  const first = await texts().nth(-2).boundingBox();
  expect(columns!.x).toBeGreaterThan(first!.x + first!.width);

  await tab(page, 'Modes');
  await page.getByRole('button', { name: 'Judge in the other modes' }).click();
  const modes = page.getByRole('tabpanel').getByRole('listitem');
  const made = page.getByRole('button', { name: 'Use this one' });
  await expect(made).toHaveCount(4, { timeout: 60_000 });
  await expect(modes.filter({ hasText: 'stands now' })).toContainText('Verify, then fuse');
  const selected = await modes.nth(3).locator('.text').innerText();
  await modes.nth(3).getByRole('button', { name: 'Use this one' }).click();
  const caption = page.getByRole('region', { name: 'Verdict' }).locator('.caption');
  await expect(caption).toContainText(selected.slice(0, 20));

  await page.setViewportSize({ width: 390, height: 844 });
  await tab(page, 'Differences');
  const { width } = (await texts().last().boundingBox())!;
  expect(width).toBeGreaterThan(300);
  await tab(page, 'Claims');
  await expect(
    page.getByRole('list', { name: 'Claims' }).getByText('agreed').first(),
  ).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
  await expect(page.getByLabel('What the marks mean')).toContainText('one model alone says it');
  for (const name of ['Descriptions', 'Claims', 'Text', 'Differences', 'Modes', 'History']) {
    await tab(page, name);
    // What is only read out must not let the app be scrolled off the screen.
    const below = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    expect(below, `${name}: the page is longer than the window`).toBe(0);
    const overflow = await page
      .getByRole('tabpanel')
      .filter({ visible: true })
      .evaluate((panel) => panel.scrollWidth - panel.clientWidth);
    expect(overflow, name).toBeLessThanOrEqual(0);
    await expect(page.getByRole('tab', { name: new RegExp(`^${name}`, 'u') })).toBeInViewport({
      ratio: 1,
    });
  }

  // A choice beside another one has a line of its own rather than a letter's width.
  await tab(page, 'Descriptions');
  await page.getByRole('button', { name: 'Describe this picture again' }).click();
  const words = await page.getByText('Greedy: the likeliest words').boundingBox();
  expect(words!.width).toBeGreaterThan(3 * words!.height);
});
