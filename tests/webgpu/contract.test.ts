import { test } from '@playwright/test';
import { expectAnswer, startContractPage } from '../contract/contract-page';

let server: Awaited<ReturnType<typeof startContractPage>>;

test.beforeAll(async () => {
  server = await startContractPage();
});

test.afterAll(() => server.close());

const FAMILIES = ['qwen2_vl', 'llama'];

for (const family of FAMILIES) {
  test(`${family} says on WebGPU what Python computed`, async ({ page }) => {
    await page.goto(server.url);
    await expectAnswer(page, family, 'webgpu');
  });
}
