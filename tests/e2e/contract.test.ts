import { test, type Page } from '@playwright/test';
import { expectAnswer, startContractPage } from '../contract/contract-page';
import { fixtureNames } from '../contract/fixtures';

let server: Awaited<ReturnType<typeof startContractPage>>;
let page: Page;

test.beforeAll(async ({ browser }) => {
  server = await startContractPage();
  page = await browser.newPage();
  await page.goto(server.url);
});

test.afterAll(async () => {
  await page.close();
  await server.close();
});

for (const family of fixtureNames()) {
  test(`${family} loads with the library's own class and says what Python computed`, async () => {
    await expectAnswer(page, family, 'wasm');
  });
}
