import { expect, test } from './fixtures';

for (const width of [320, 390]) {
  test(`nothing is wider than a screen of ${String(width)} px`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 844 });
    await expect(app.picture('Two cats and a dog')).toBeVisible();
    const widthPx = await page
      .getByRole('main')
      .evaluate((main) => Math.max(main.scrollWidth, document.documentElement.scrollWidth));
    expect(widthPx).toBeLessThanOrEqual(width);
  });
}
