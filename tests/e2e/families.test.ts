/** Every architecture of the catalogue through the app's own family code, from the store, on WASM (training/fixtures/README.md). */
import { expect, test, type Page } from '@playwright/test';
import { PREDEFINED_PROMPTS } from '../../src/core/prompts';
import { ARCHITECTURES } from '../../src/models/architectures';
import { startContractPage } from '../contract/contract-page';
import type { FamilyReport, FamilyRequest } from '../contract/families';
import type { ModelFixture } from '../contract/fixture';
import { fixtureNames, fixtureSpec, readFixture } from '../contract/fixtures';

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

const NEW_TOKENS = 8;
const OTHERS = [
  'what text is on the sign',
  '<image> is there a dog? yes or no',
  'describe the big red house near the small green tree, the boat on the sea and two people in one car',
];
/** Their encoder is asked for features by a path that can't be remembered. */
const ENCODES_ANEW = ['phi3_v'];

function run(request: FamilyRequest): Promise<FamilyReport> {
  return page.evaluate((asked) => globalThis.families.run(asked), request);
}

/** The question of a fixture, without what its prompt puts around it. */
function questionOf({ messages, expected }: ModelFixture): string {
  const content = messages[0]?.content;
  const text = Array.isArray(content)
    ? (content as { readonly text?: string }[]).map((part) => part.text ?? '').join('')
    : typeof content === 'string'
      ? content
      : /Question: (.*)\n\nAnswer:/u.exec(expected.promptText)![1]!;
  return text.replace(/^(?:<image>|<\|image_1\|>\n)/u, '');
}

for (const name of fixtureNames()) {
  test(`${name} says through our code what Python computed, from what was kept as from nothing`, async () => {
    const fixture = readFixture(name);
    const spec = fixtureSpec(name);
    const { sees, canCheck, canJudge } = ARCHITECTURES[spec.family];
    const report = await run({
      spec,
      question: questionOf(fixture),
      others: OTHERS,
      maxNewTokens: NEW_TOKENS,
    });
    expect(report.inputIds).toEqual(fixture.expected.inputIds);
    const [first] = report.answers;
    expect(first).toEqual({ text: first!.text, tokens: fixture.expected.tokens });
    if (name !== 'florence2') expect(first!.text).toBe(fixture.expected.answer);
    if (sees && report.anew.length > 0) {
      expect(report.anew).toEqual(report.answers);
      // Other questions have other answers: else nothing would be shown by their being equal.
      expect(new Set(report.answers.map(({ tokens }) => tokens.join())).size).toBeGreaterThan(1);
    }
    expect(report.checks).toHaveLength(canCheck ? OTHERS.length : 0);
    report.checks.forEach((yes, index) => {
      expect(yes).toBeGreaterThanOrEqual(0);
      expect(yes).toBeLessThanOrEqual(1);
      expect(yes).toBeCloseTo(report.checksAnew[index]!, 5);
    });
    if (sees) {
      const asked = OTHERS.length + 1 + (canCheck ? OTHERS.length : 0);
      expect(report.encodings).toBe(ENCODES_ANEW.includes(name) ? asked : 1);
    }
    expect(report.written.kept.length > 1).toBe(canJudge);
    expect(report.written.anew).toEqual(report.written.kept);
    expect(report.verdict !== undefined).toBe(canJudge);
    if (canJudge) expect(report.verdict!.newTokens).toBeGreaterThan(0);
  });
}

test('Florence-2 answers each of our prompts by its tasks', async () => {
  const report = await run({
    spec: fixtureSpec('florence2'),
    question: '<CAPTION>',
    others: PREDEFINED_PROMPTS.map(({ text }) => text),
    maxNewTokens: 4,
  });
  expect(report.answers).toHaveLength(PREDEFINED_PROMPTS.length + 1);
  const tokens = report.answers.slice(1).map((answer) => answer.tokens.length);
  const ids = PREDEFINED_PROMPTS.map(({ id }) => id);
  // Two tasks, one after the other.
  expect(tokens[ids.indexOf('comprehensive')]).toBeGreaterThan(4);
  expect(tokens[ids.indexOf('short')]).toBeLessThanOrEqual(4);
});
