import { expect, test } from '@playwright/test';
import { startBenchPage } from '../bench/bench-page.mjs';

const MODELS = ['embedded/mini-qwen2-vl', 'embedded/mini-phi3-v', 'embedded/mini-moondream'];

type Report = readonly { readonly reused: number[]; readonly anew: number[] }[];

test('text from the cached prefix is the text without it, for every embedded model', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const server = await startBenchPage();
  try {
    await page.goto(server.url);
    for (const id of MODELS) {
      const answers: Report = await page.evaluate(
        (modelId) =>
          (globalThis as unknown as { bench: { reuse(id: string): Promise<Report> } }).bench.reuse(
            modelId,
          ),
        id,
      );
      expect(answers.length).toBe(6);
      for (const { reused, anew } of answers) {
        expect(anew.length).toBeGreaterThan(1);
        expect(reused, id).toEqual(anew);
      }
    }
  } finally {
    await server.close();
  }
});
