// Takes the pictures of the real app that README and docs show: node tests/take-pictures.mjs [folder]
// The app must be built (`npm run build`); its embedded models run for every picture.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright';

import { chromiumArgs, findChromium } from '../scripts/chromium.mjs';
import { DIST, ROOT } from '../scripts/paths.mjs';
import { startServer } from '../scripts/serve.mjs';

const folder = process.argv[2] ?? join(ROOT, 'docs', 'pictures');
const VIEWS = [
  { name: 'wide', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { name: 'dark', viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  { name: 'tablet', viewport: { width: 1024, height: 768 }, colorScheme: 'light' },
  { name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
];

mkdirSync(folder, { recursive: true });
const executablePath = findChromium();
const server = await startServer({ root: DIST });
const browser = await chromium.launch({
  args: chromiumArgs({ webgpu: false }),
  ...(executablePath === undefined ? {} : { executablePath }),
});
try {
  for (const { name, viewport, colorScheme } of VIEWS) {
    const page = await browser.newPage({ viewport, colorScheme });
    const shot = (what) => page.screenshot({ path: join(folder, `${what}-${name}.png`) });
    await page.goto(server.url);
    const pictures = page.getByRole('list', { name: 'Pictures' });
    await pictures.getByRole('listitem').nth(2).waitFor();
    await page.waitForTimeout(300);
    await shot('first-visit');
    await page.getByRole('button', { name: 'Describe these pictures' }).click();
    const status = page.getByRole('group', { name: 'Run', exact: true });
    await status.getByText(/^([5-9]|1\d) of/u).waitFor({ timeout: 120_000 });
    await shot('running');
    await status.getByText(/done$/u).waitFor({ timeout: 300_000 });
    await shot('finished');
    await pictures.getByRole('button', { name: 'Traffic', exact: true }).click();
    await page.waitForTimeout(500);
    await shot('detail');
    await page.getByRole('tab', { name: /Claims/u }).click();
    await page.waitForTimeout(300);
    await shot('claims');
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
