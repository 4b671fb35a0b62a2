import { expect, test, type Page } from '@playwright/test';
import { App } from '../e2e/app';

/** Every embedded model once on each device: one prompt, few tokens, one picture, and the judge. */
async function texts(page: Page, device: 'webgpu' | 'wasm'): Promise<Record<string, string>> {
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
          const all: Record<string, string> = {};
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
            };
            all[at.key as string] =
              `${row.description?.device ?? row.verdict?.device ?? ''} ${row.description?.text ?? row.verdict?.caption ?? ''}`;
            at.continue();
          };
        };
      }),
  );
}

test('the embedded models say the same on WebGPU and on WASM', async ({ browser }) => {
  const onGpu = await texts(await (await browser.newContext()).newPage(), 'webgpu');
  const onCpu = await texts(await (await browser.newContext()).newPage(), 'wasm');
  expect(Object.keys(onGpu).length).toBe(4);
  for (const [key, text] of Object.entries(onGpu)) expect(text, key).toMatch(/^webgpu /u);
  const plain = (all: Record<string, string>) =>
    Object.fromEntries(Object.entries(all).map(([key, text]) => [key, text.replace(/^\w+ /u, '')]));
  expect(plain(onGpu)).toEqual(plain(onCpu));
});
