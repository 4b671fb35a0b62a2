import { expect, test } from '@playwright/test';

test.describe('a browser that lacks something', () => {
  for (const [name, take, said] of [
    ['WebAssembly', 'delete globalThis.WebAssembly', 'It lacks WebAssembly,'],
    [
      'SIMD and IndexedDB',
      'WebAssembly.validate = () => false; Object.defineProperty(globalThis, "indexedDB", { value: undefined })',
      'It lacks WebAssembly SIMD and IndexedDB,',
    ],
    ['module workers', 'globalThis.Worker = class { terminate() {} }', 'It lacks module workers,'],
  ] as const) {
    test(`is told so without ${name}, and what to do`, async ({ page }) => {
      await page.addInitScript(take);
      await page.goto('/');
      await expect(page.getByRole('main')).toContainText(said);
      await expect(page.getByRole('main')).toContainText('open this page in');
    });
  }
});
