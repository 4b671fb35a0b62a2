import { expect, test, type Page } from '@playwright/test';
import { App } from '../e2e/app';

interface Kept {
  readonly said: string;
  readonly device: string | undefined;
  /** Of a check: probability of yes. */
  readonly yes: number | undefined;
}

/** Every embedded model once on each device: one prompt, few tokens, one picture, and the judge. */
async function texts(page: Page, device: 'webgpu' | 'wasm'): Promise<Record<string, Kept>> {
  const app = new App(page, 'http://127.0.0.1');
  await page.goto('/');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: device === 'webgpu' ? 'WebGPU' : 'CPU' }).check();
  await page.getByRole('spinbutton', { name: /tokens/iu }).fill('12');
  await page.keyboard.press('Escape');
  for (const name of ['Traffic', 'A sign in German']) {
    await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  }
  await page
    .getByRole('button', { name: /^Remove/u })
    .first()
    .click();
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd(200_000);
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open('vlm-image-analysis');
        open.onsuccess = () => {
          const all: Record<string, Kept> = {};
          const cursor = open.result.transaction('journal').objectStore('journal').openCursor();
          cursor.onsuccess = () => {
            const at = cursor.result;
            if (at === null) {
              resolve(all);
              return;
            }
            const row = at.value as {
              description?: { text: string; device: string };
              verdict?: { caption: string; device: string };
              yes?: number;
            };
            const said = row.description?.text ?? row.verdict?.caption ?? String(row.yes);
            all[at.key as string] = {
              said,
              device: row.description?.device ?? row.verdict?.device,
              yes: row.yes,
            };
            at.continue();
          };
        };
      }),
  );
}

test('the embedded models say the same on WebGPU and on WASM', async ({ browser }) => {
  const onGpu = await texts(await (await browser.newContext()).newPage(), 'webgpu');
  const onCpu = await texts(await (await browser.newContext()).newPage(), 'wasm');
  const isText = ([key]: [string, Kept]) => !key.startsWith('check|');
  const said = (all: Record<string, Kept>) =>
    Object.fromEntries(
      Object.entries(all)
        .filter(isText)
        .map(([key, kept]) => [key, kept.said]),
    );
  expect(Object.keys(said(onGpu)).length).toBe(4);
  for (const [key, { device }] of Object.entries(onGpu).filter(isText)) {
    expect(device, key).toBe('webgpu');
  }
  expect(said(onGpu)).toEqual(said(onCpu));
  const checks = Object.entries(onGpu).filter((one) => !isText(one));
  expect(checks.length).toBeGreaterThan(5);
  for (const [key, { yes }] of checks) {
    expect(Math.abs((yes ?? 0) - (onCpu[key]?.yes ?? 1)), key).toBeLessThan(0.02);
  }
});
