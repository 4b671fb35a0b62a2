import type { Page } from '@playwright/test';
import type { App } from './app';
import { expect, test } from './fixtures';
import { putPictures } from './many';

const COUNT = 5000;
/** Cards that may be there at once: a few windows full. */
const MOST_CARDS = 60;

function cards(page: Page) {
  return page.getByRole('list', { name: 'Pictures' }).getByRole('listitem');
}

/** A page with thousands of pictures, as after a reload. */
async function open(app: App, page: Page): Promise<void> {
  await expect(app.picture('Traffic')).toBeVisible({ timeout: 30_000 });
  await putPictures(page, COUNT);
  await page.reload();
  await expect(page.getByRole('heading', { name: '5,000 pictures' })).toBeVisible({
    timeout: 30_000,
  });
  await expect(app.picture('picture 1.png')).toBeVisible();
  await expect.poll(() => cards(page).count()).toBeLessThan(MOST_CARDS);
}

/** How far the gallery is scrolled, in px. */
function scrolled(page: Page): Promise<number> {
  return page.getByRole('list', { name: 'Pictures' }).evaluate((list) => {
    let node: Element | null = list;
    while (node !== null && getComputedStyle(node).overflowY !== 'auto') node = node.parentElement;
    return Math.round(node?.scrollTop ?? -1);
  });
}

test('of thousands of pictures only those near the window are there, and each knows its place', async ({
  app,
  page,
}) => {
  await open(app, page);
  const card = cards(page).filter({
    has: page.getByRole('button', { name: 'picture 1.png', exact: true }),
  });
  await expect(card).toHaveAttribute('aria-posinset', '1');
  await expect(card).toHaveAttribute('aria-setsize', String(COUNT));
  await app.picture('picture 1.png').hover();
  for (let turns = 0; turns < 10; turns += 1) await page.mouse.wheel(0, 4000);
  await expect(app.picture('picture 1.png')).not.toBeInViewport();
  await expect.poll(() => scrolled(page)).toBeGreaterThan(30_000);
  await expect.poll(() => cards(page).count()).toBeLessThan(MOST_CARDS);
  // What the window shows is drawn.
  await expect
    .poll(() =>
      page.evaluate(() => {
        const { x, y } = { x: innerWidth / 2, y: innerHeight / 2 };
        return document.elementFromPoint(x, y)?.closest('[role=listitem]')?.querySelector('img')
          ?.naturalWidth;
      }),
    )
    .toBe(32);
});

test('End, Home and the arrow keys reach what is not there yet, and the way back leads to the same place', async ({
  app,
  page,
}) => {
  await open(app, page);
  await app.picture('picture 1.png').focus();
  await page.keyboard.press('End');
  await expect(app.picture('picture 5000.png')).toBeFocused();
  await expect(app.picture('picture 5000.png')).toBeInViewport();
  await page.keyboard.press('ArrowLeft');
  await expect(app.picture('picture 4999.png')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(app.picture('picture 1.png')).toBeFocused();
  await expect(app.picture('picture 1.png')).toBeInViewport();
  // Down, faster than cards come.
  const columns = await cards(page)
    .first()
    .evaluate((node) => {
      const grid = node.closest('[data-grid]')!;
      return getComputedStyle(grid).gridTemplateColumns.split(' ').length;
    });
  for (let presses = 0; presses < 30; presses += 1) await page.keyboard.press('ArrowDown');
  const name = `picture ${String(1 + 30 * columns)}.png`;
  await expect(app.picture(name)).toBeFocused();
  await expect(app.picture(name)).toBeInViewport();

  const before = await scrolled(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(app.picture(name)).toBeFocused();
  expect(await scrolled(page)).toBe(before);
});

test('a name is found among thousands with the keyboard alone, and Escape shows all again', async ({
  app,
  page,
}) => {
  await open(app, page);
  const field = page.getByRole('searchbox', { name: 'Search pictures' });
  await expect(field).toBeVisible();
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await page.keyboard.type('folder 1 PICTURE 4447');
  const shown = page.getByRole('status', { name: 'Pictures shown' });
  await expect(shown).toHaveText('1 of 5,000 shown');
  await page.keyboard.press('ArrowDown');
  await expect(app.picture('picture 4447.png')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 of 1')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('nothing like it');
  await expect(page.getByRole('heading', { name: 'No picture matches' })).toBeVisible();
  await expect(shown).toHaveText('0 of 5,000 shown');
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('');
  await expect(app.picture('picture 1.png')).toBeVisible();
  await expect(shown).toHaveText('');
});
