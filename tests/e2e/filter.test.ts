import { fixture } from './app';
import { expect, test } from './fixtures';

test('pictures are searched, filtered and sorted, and an open one leads to the next that fits', async ({
  app,
  page,
}) => {
  test.setTimeout(300_000);
  const bar = page.getByRole('search', { name: 'Filter and sort' });
  const list = page.getByRole('list', { name: 'Pictures' }).getByRole('listitem');
  const names = () =>
    list.evaluateAll((cards) => cards.map((card) => card.querySelector('.name')?.textContent));
  await expect(app.picture('Traffic')).toBeVisible();
  // Three pictures need no filter.
  await expect(bar).toHaveCount(0);
  await app.addFiles(
    ['picture 10.gif', 'picture 9.gif'].map((name, index) =>
      fixture(index === 0 ? 'good.gif' : 'exif-rotated.jpg', name),
    ),
  );
  await page.getByRole('button', { name: 'Add the samples' }).click();
  await expect(list).toHaveCount(9, { timeout: 60_000 });
  await expect(bar).toBeVisible();
  const added = await names();

  await bar.getByRole('combobox', { name: 'Sort' }).selectOption('Name');
  await expect
    .poll(async () => (await names()).filter((name) => name?.startsWith('picture')))
    .toEqual(['picture 9.gif', 'picture 10.gif']);
  await bar.getByRole('combobox', { name: 'Sort' }).selectOption('As added');
  expect(await names()).toEqual(added);

  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForEnd(200_000);

  // Accepting goes on to the next of those that are not accepted, and they stay until the way back.
  await bar.getByRole('button', { name: 'Filter' }).click();
  const panel = page.getByRole('dialog', { name: 'Filter' });
  await expect(panel.getByRole('checkbox', { name: /^Accepted/u })).toBeDisabled();
  await panel.getByRole('checkbox', { name: /^Not accepted yet/u }).check();
  await page.keyboard.press('Escape');
  const order = await names();
  const shown = page.getByRole('status', { name: 'Pictures shown' });
  const total = String(order.length);
  await expect(shown).toHaveText(`${total} of ${total} shown`);
  await list.first().getByRole('button').click();
  await expect(page.getByRole('heading', { level: 2, name: order[0]! })).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { level: 2, name: order[1]! })).toBeVisible();
  await expect(page.getByText(`2 of ${total}`)).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByText(`3 of ${total}`)).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('heading', { level: 2, name: order[1]! })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(shown).toHaveText(`${String(order.length - 2)} of ${total} shown`);
  await expect(app.picture(order[2]!)).toBeFocused();

  // Clear shows all; what was found is searched too.
  await bar.getByRole('button', { name: 'Clear' }).click();
  expect(await names()).toEqual(order);
  await bar.getByRole('searchbox').fill('traffic');
  await expect(app.picture('Traffic')).toBeVisible();
  await expect(app.picture('picture 9.gif')).toHaveCount(0);
});
