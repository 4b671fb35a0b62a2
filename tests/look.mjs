// Takes a picture of every screen and state, to be looked at: node tests/look.mjs [folder] [screen ...]
// The app must be built (`npm run build`); its embedded models run for the pictures. Without names, all screens.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright';

import { chromiumArgs, findChromium } from '../scripts/chromium.mjs';
import { DIST, ROOT } from '../scripts/paths.mjs';
import { startServer } from '../scripts/serve.mjs';
import { loadHub } from './hub/load.mjs';

/** @typedef {import('playwright').Page} Page */

const folder = process.argv[2] ?? join(ROOT, '.cache', 'look');
const wanted = process.argv.slice(3);
const WIDTHS = [
  { name: '1440', width: 1440, height: 900 },
  { name: '1024', width: 1024, height: 768 },
  { name: '390', width: 390, height: 844 },
];
const THEMES = /** @type {const} */ (['light', 'dark']);

/** @param {Page} page */
const status = (page) => page.getByRole('group', { name: 'Run', exact: true });

/** @param {Page} page */
async function home(page) {
  await page.keyboard.press('Escape');
  const close = page.getByRole('button', { name: 'Close', exact: true });
  if (await close.isVisible()) await close.click();
  await tab(page, 'Pictures');
}

/** @param {Page} page @param {string} name */
async function tab(page, name) {
  const button = page.getByRole('navigation').getByRole('button', { name });
  if (await button.isVisible()) await button.click();
}

/** @param {Page} page @param {string} name */
async function press(page, name) {
  await page
    .getByRole('button', { name: new RegExp(`^${name}( \\d.*)?$`, 'u') })
    .first()
    .click();
}

/** @param {Page} page @param {string} name */
const picture = (page, name) =>
  page.getByRole('list', { name: 'Pictures' }).getByRole('button', { name, exact: true });

/** Looked up and fetched from a local Hub. */
const MODEL = { id: 'HuggingFaceTB/SmolVLM-256M-Instruct', name: 'SmolVLM 256M' };

const { buildRepo, folderFiles, startHub } = await loadHub();
const fixtures = join(ROOT, 'tests', 'fixtures');
const hub = await startHub({
  repos: [
    await buildRepo(MODEL.id, await folderFiles(join(fixtures, 'models', 'idefics3')), {
      lfs: { patterns: ['*.onnx'] },
    }),
  ],
});

/** @param {Page} page */
const modelRow = (page) =>
  page
    .getByRole('list', { name: 'Full-size models' })
    .getByRole('listitem', { name: MODEL.name, exact: true });

/**
 * In order: each goes on from the one before.
 * @type {readonly (readonly [name: string, go: (page: Page) => Promise<unknown>])[]}
 */
const SCREENS = [
  ['first-visit', (page) => picture(page, 'Traffic').waitFor()],
  [
    'setup',
    async (page) => {
      await tab(page, 'Set-up');
      const fold = page.getByRole('button', { name: 'Set-up', expanded: false });
      if (await fold.isVisible()) await fold.click();
    },
  ],
  [
    'running',
    async (page) => {
      await press(page, 'Run');
      await status(page)
        .getByText(/^([5-9]|1\d) of/u)
        .waitFor({ timeout: 120_000 });
    },
  ],
  [
    'running-detail',
    async (page) => {
      await tab(page, 'Pictures');
      await picture(page, 'Two cats and a dog').click();
      await page.waitForTimeout(1000);
    },
  ],
  [
    'full',
    async (page) => {
      await home(page);
      await status(page).getByText(/done$/u).waitFor({ timeout: 300_000 });
    },
  ],
  ['export', (page) => press(page, 'Export')],
  ['runs', (page) => page.keyboard.press('Escape').then(() => press(page, 'Runs'))],
  [
    'storage',
    async (page) => {
      await page.keyboard.press('Escape');
      await press(page, 'Storage');
      await page.getByRole('region', { name: /^Models/u }).waitFor();
    },
  ],
  [
    'storage-everything',
    async (page) => {
      await page.getByRole('button', { name: /^Forget everything/u }).click();
      await page.getByRole('button', { name: 'Keep everything' }).scrollIntoViewIfNeeded();
    },
  ],
  ['settings', (page) => page.keyboard.press('Escape').then(() => press(page, 'Settings'))],
  [
    'help',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
    },
  ],
  [
    'detail',
    async (page) => {
      await home(page);
      await picture(page, 'Traffic').click();
      await page.waitForTimeout(500);
    },
  ],
  ['describe-again', (page) => press(page, 'Describe this picture again')],
  [
    'earlier',
    async (page) => {
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page
        .getByRole('button', { name: /^Describe again: Objects/u })
        .first()
        .click();
      const form = page.getByRole('form');
      await form.getByRole('button', { name: 'Describe again' }).click();
      await page.getByText('Earlier answers').click({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Judge again' }).click();
      await status(page).getByText(/done$/u).waitFor({ timeout: 60_000 });
    },
  ],
  ['claims', (page) => page.getByRole('tab', { name: /Claims/u }).click()],
  ['text', (page) => page.getByRole('tab', { name: /Text/u }).click()],
  ['differences', (page) => page.getByRole('tab', { name: 'Differences' }).click()],
  [
    'editor',
    async (page) => {
      await page.keyboard.press('e');
      await page
        .getByRole('textbox', { name: 'Caption' })
        .fill('Two cars and a bus on a street. '.repeat(5));
    },
  ],
  [
    'edited',
    async (page) => {
      await page.keyboard.press('Control+Enter');
      await page.getByText('edited by you').waitFor();
    },
  ],
  ['edited-differences', (page) => press(page, 'What differs')],
  ['history', (page) => page.getByRole('tab', { name: 'History' }).click()],
  [
    'rejudged',
    async (page) => {
      await press(page, 'Use this verdict');
      await page.getByRole('button', { name: 'The new verdict' }).click();
      await page.getByText('Take the judge’s words').first().waitFor();
    },
  ],
  [
    'forget-picture',
    async (page) => {
      await press(page, 'Forget this picture');
      await page.getByText(/frees/u).first().waitFor();
    },
  ],
  [
    'forgotten',
    async (page) => {
      await press(page, 'Forget');
      await page.getByRole('button', { name: 'Undo' }).last().waitFor();
    },
  ],
  [
    'refusals',
    async (page) => {
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await home(page);
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Add pictures' }).click();
      const files = ['truncated.jpg', 'fax.tif', 'good.gif', 'exif-rotated.jpg'];
      await (await chooser).setFiles(files.map((file) => join(fixtures, 'images', file)));
      await picture(page, 'exif-rotated.jpg').waitFor();
    },
  ],
  [
    'failed',
    async (page) => {
      await page.context().route(/mini-phi3-v/u, (route) => route.abort());
      await forgetWeights(page, 'embedded/mini-phi3-v');
      await page.getByRole('button', { name: /^Add \d+ new/u }).click();
      await status(page)
        .getByText(/failed$/u)
        .waitFor({ timeout: 300_000 });
      await home(page);
    },
  ],
  [
    'failed-detail',
    async (page) => {
      await picture(page, 'good.gif').click();
      await page.waitForTimeout(500);
    },
  ],
  [
    'empty',
    async (page) => {
      await home(page);
      for (const box of await page.getByRole('checkbox', { name: /^Select/u }).all())
        await box.dispatchEvent('click');
      await page
        .getByRole('button', { name: /^Remove/u })
        .first()
        .click();
    },
  ],
  [
    'models-offline',
    async (page) => {
      await page.context().route('https://huggingface.co/**', (route) => route.abort());
      await tab(page, 'Set-up');
      const fold = page.getByRole('button', { name: 'Set-up', expanded: false });
      if (await fold.isVisible()) await fold.click();
      await press(page, 'Full-size models');
      await page.getByText('The Hub can’t be reached').waitFor({ timeout: 30_000 });
    },
  ],
  [
    'models',
    async (page) => {
      await page.getByText('Hub address and access token').click();
      await page.getByLabel('Hub address').fill(hub.url);
      await press(page, 'Save');
      await modelRow(page)
        .getByText(/^(Fits this device|May not fit|Does not fit)$/u)
        .waitFor({ timeout: 30_000 });
      await page.getByText('Hub address and access token').click();
    },
  ],
  [
    'models-progress',
    async (page) => {
      hub.faults.add({
        kind: 'stall',
        afterBytes: 1000,
        file: 'onnx/embed_tokens.onnx',
        times: null,
      });
      await press(page, `Download ${MODEL.name}.*`);
      await modelRow(page).getByRole('progressbar').waitFor();
      await modelRow(page).scrollIntoViewIfNeeded();
      await page.waitForTimeout(1000);
    },
  ],
];

/** @param {Page} page @param {string} modelId */
function forgetWeights(page, modelId) {
  return page.evaluate(
    (id) =>
      new Promise((resolve) => {
        const open = indexedDB.open('vlm-image-analysis');
        open.onsuccess = () => {
          const weights = open.result.transaction('weights', 'readwrite').objectStore('weights');
          weights.delete(IDBKeyRange.bound(`${id}@`, `${id}A`));
          weights.transaction.oncomplete = () => {
            open.result.close();
            resolve(undefined);
          };
        };
      }),
    modelId,
  );
}

mkdirSync(folder, { recursive: true });
const executablePath = findChromium();
const server = await startServer({ root: DIST });
const browser = await chromium.launch({
  args: chromiumArgs({ webgpu: false }),
  ...(executablePath === undefined ? {} : { executablePath }),
});
try {
  for (const { name: size, ...viewport } of WIDTHS) {
    const context = await browser.newContext({ viewport, serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.goto(server.url);
    for (const [screen, go] of SCREENS) {
      await go(page);
      if (wanted.length > 0 && !wanted.includes(screen)) continue;
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(250);
        await page.screenshot({ path: join(folder, `${screen}-${size}-${colorScheme}.png`) });
      }
    }
    const blocked = await context.newPage();
    await blocked.addInitScript('delete globalThis.WebAssembly');
    await blocked.goto(server.url);
    for (const colorScheme of THEMES) {
      await blocked.emulateMedia({ colorScheme });
      await blocked.screenshot({ path: join(folder, `unsupported-${size}-${colorScheme}.png`) });
    }
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
  await hub.close();
}
