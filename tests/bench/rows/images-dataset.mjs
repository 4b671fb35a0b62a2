import { loadHub } from '../../hub/load.mjs';
import { MANY, measureAdding } from '../many-images.mjs';

export const name = 'adding 10,000 images of a dataset: % of main-thread tasks over 50 ms';
export const bar = 1;

/** The viewer's copies, a hundred rows a request, from a local Hub.
 * @param {import('../../../scripts/bench-rows.mjs').RowTools} tools */
export async function run({ page, url, log }) {
  const { panoramaDataset, startHub } = await loadHub();
  const { repo, viewer } = await panoramaDataset({ rows: MANY });
  const hub = await startHub({ repos: [repo], viewers: viewer === undefined ? [] : [viewer] });
  try {
    await page.goto(url);
    await page.getByRole('button', { name: 'From Hugging Face' }).first().click();
    await page.getByText('Hub address and access token').click();
    await page.getByLabel('Hub address').fill(hub.url);
    await page.getByLabel('Address of its dataset viewer').fill(hub.viewerUrl);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByRole('button', { name: /^Panoramas/u }).click();
    await page.getByLabel('Last row').fill(String(MANY - 1));
    await page.keyboard.press('Tab');
    const add = page.getByRole('button', { name: /^Add 10,000 pictures/u });
    await add.waitFor();
    // The gallery is behind the chooser: it is looked at once the pictures come.
    return await measureAdding(page, () => add.click(), log);
  } finally {
    await hub.close();
  }
}
