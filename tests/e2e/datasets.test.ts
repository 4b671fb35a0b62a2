/** Pictures of a dataset, from a local Hub with its viewer: chosen, added, there again after a reload, and behind a token. */
import { expect, test, type Page } from '@playwright/test';
import {
  buildDataset,
  crpeDataset,
  panoramaDataset,
  panoramaTable,
  startHub,
  type Hub,
} from '../hub/index';
import { App } from './app';
import { look } from './axe';

const TOKEN = 'hf_secret0123456789';
let hub: Hub;

test.beforeAll(async () => {
  const datasets = await Promise.all([
    panoramaDataset({ rows: 593 }),
    crpeDataset(20),
    buildDataset('owner/gated', [{ ...panoramaTable({ rows: 30 }), split: 'test' }], {
      repo: { gated: 'manual', readers: ['alice'] },
    }),
  ]);
  hub = await startHub({
    repos: datasets.map(({ repo }) => repo),
    viewers: datasets.map(({ viewer }) => viewer!),
    tokens: [{ token: TOKEN, user: 'alice' }],
  });
});
test.afterAll(() => hub.close());

const screen = (page: Page) => page.getByRole('region', { name: 'Pictures from Hugging Face' });

async function openScreen(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'From Hugging Face' }).first().click();
  await expect(screen(page)).toBeVisible();
}

async function lookUp(page: Page, text: string): Promise<void> {
  await page.getByLabel('A dataset of the Hub').fill(text);
  await page.getByRole('button', { name: 'Look it up' }).click();
}

/** What is kept of the pictures of datasets. */
const kept = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ name: string; reference?: string }[]>((resolve) => {
        const open = indexedDB.open('vlm-image-analysis');
        open.onsuccess = () => {
          const rows = open.result.transaction('settings').objectStore('settings').get('images/0');
          rows.onsuccess = () => {
            open.result.close();
            const all = (rows.result ?? []) as { name: string; source: { kind: string } }[];
            resolve(all.filter(({ source }) => source.kind === 'dataset'));
          };
        };
      }),
  );

test('pictures of a dataset are chosen, added, and there again after a reload', async ({
  page,
  baseURL,
}) => {
  const app = new App(page, baseURL ?? '');
  await app.open();
  await openScreen(page);
  await page.getByText('Hub address and access token').click();
  await page.getByLabel('Hub address').fill(hub.url);
  await page.getByLabel('Address of its dataset viewer').fill(hub.viewerUrl);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();

  // A preset, some rows of it, with captions.
  await page.getByRole('button', { name: /^Panoramas/u }).click();
  await expect(screen(page)).toContainText('593 rows · licence apache-2.0');
  await expect(page.getByLabel('Captions to compare with')).toHaveValue('=detail_mode1');
  await page.getByLabel('Captions to compare with').selectOption('detail_mode2');
  await page.getByLabel('First row').fill('590');
  await page.getByLabel('Last row').fill('900');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Last row')).toHaveValue('592');
  await expect(page.getByRole('img', { name: /number 590\.$/u })).toBeVisible({ timeout: 20_000 });
  await look(page, 'Pictures from Hugging Face');
  await page.setViewportSize({ width: 390, height: 844 });
  await look(page, 'Pictures from Hugging Face, on a phone');
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole('button', { name: 'Add 3 pictures' }).click();
  for (const row of [590, 591, 592])
    await expect(app.picture(`train/${row}`)).toBeVisible({ timeout: 20_000 });
  await expect
    .poll(async () => (await kept(page)).map(({ name, reference }) => [name, reference]))
    .toEqual([
      ['train/590', 'The image shows a panorama of a forest, number 590.'],
      ['train/591', 'The image shows a panorama of a city, number 591.'],
      ['train/592', 'The image shows a panorama of a forest, number 592.'],
    ]);

  // Another page of the same app knows nothing of addresses: it asks for them again.
  hub.traffic.reset();
  await page.reload();
  await app.picture('train/591').click();
  await expect
    .poll(() => hub.traffic.requests({ site: 'viewer' }).map(({ pathname }) => pathname))
    .toContain('/rows');
  const picture = page.getByRole('group', { name: 'Picture', exact: true }).getByRole('img');
  await expect
    .poll(() =>
      picture.evaluate(({ src, naturalWidth }: HTMLImageElement) => [
        src.slice(0, 5),
        naturalWidth,
      ]),
    )
    .toEqual(['blob:', 96]);
  await page.keyboard.press('Escape');

  // What is gated says so, leads to where a token is given, and goes on from there.
  await openScreen(page);
  await lookUp(page, `https://huggingface.co/datasets/owner/gated/viewer/default/test?row=7`);
  await expect(page.getByText('let in only people who have asked')).toBeVisible();
  await page.getByRole('button', { name: 'Give a token' }).click();
  await page.getByLabel('Access token').fill(TOKEN);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByLabel('First row')).toHaveValue('7');
  await expect(page.getByLabel('Last row')).toHaveValue('7');
  await page.getByRole('radio', { name: 'The original files' }).check();
  await page.getByRole('button', { name: 'Add 1 picture' }).click();
  await expect(app.picture('test/7')).toBeVisible({ timeout: 20_000 });
  expect(hub.traffic.leaks(TOKEN)).toEqual([]);
  expect(JSON.stringify(await kept(page))).not.toMatch(/Signature|hf_secret|127\.0\.0\.1/u);

  // A model is no dataset; the way back is Escape.
  await openScreen(page);
  await lookUp(page, 'https://huggingface.co/HuggingFaceTB/SmolVLM-256M-Instruct');
  await expect(page.getByText('This is a model or a Space, not a dataset.')).toBeVisible();
  await page.getByRole('heading', { name: 'Pictures from Hugging Face' }).focus();
  await page.keyboard.press('Escape');
  await expect(app.picture('test/7')).toBeVisible();
});
