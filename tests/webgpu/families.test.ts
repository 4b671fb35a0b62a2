/**
 * Families that see and keep something of a look: on WebGPU too, what was kept gives the tokens that nothing kept does. Emulated on the
 * CPU that takes its time, so of families that are continued alike one is run; all with WEBGPU_FAMILIES=all.
 */
import { expect, test, type Page } from '@playwright/test';
import { ARCHITECTURES } from '../../src/models/architectures';
import { startContractPage } from '../contract/contract-page';
import type { FamilyReport, FamilyRequest } from '../contract/families';
import { fixtureNames, fixtureSpec } from '../contract/fixtures';

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

/** The embedded models' own families are in reuse.test.ts. */
const ONE_OF_EACH = ['gemma4', 'lfm2_vl', 'llava_qwen2', 'qwen3_5', 'smolvlm'];
const isRun = (name: string) => process.env.WEBGPU_FAMILIES === 'all' || ONE_OF_EACH.includes(name);

const QUESTIONS = ['what text is on the sign', 'describe the big red house near the small tree'];

function run(request: FamilyRequest): Promise<FamilyReport> {
  return page.evaluate((asked) => globalThis.families.run(asked), request);
}

for (const name of fixtureNames()) {
  const spec = fixtureSpec(name);
  const { sees } = ARCHITECTURES[spec.family];
  // Florence-2 keeps features alone: nothing of them depends on the question.
  if (!sees || spec.family === 'florence2' || !isRun(name)) continue;
  test(`${name} says on WebGPU from what was kept what it says from nothing`, async () => {
    const [question, ...others] = QUESTIONS;
    const report = await run({
      spec,
      question: question!,
      others,
      maxNewTokens: 4,
      device: 'webgpu',
      isShort: true,
    });
    expect(report.answers).toHaveLength(QUESTIONS.length);
    expect(report.answers.every(({ tokens }) => tokens.length > 0)).toBe(true);
    expect(report.anew).toEqual(report.answers);
    report.checks.forEach((yes, index) => expect(yes).toBeCloseTo(report.checksAnew[index]!, 3));
  });
}
