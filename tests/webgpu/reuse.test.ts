import { expect, test } from '@playwright/test';
import { startBenchPage } from '../bench/bench-page.mjs';
import { EMBEDDED } from '../bench/with-page.mjs';

let server: Awaited<ReturnType<typeof startBenchPage>>;

test.beforeAll(async () => {
  server = await startBenchPage();
});

test.afterAll(() => server.close());

for (const { id } of EMBEDDED) {
  test(`${id} says from its cached prefix what it says without, on WebGPU`, async ({ page }) => {
    await page.goto(server.url);
    const { cachedOn, answers } = await page.evaluate(
      (modelId) =>
        globalThis.bench.reuse(modelId, {
          device: 'webgpu',
          prompts: 1,
          maxNewTokens: 4,
          onlyLast: true,
        }),
      id,
    );
    // Nothing was computed on the CPU, or copied to it.
    expect(cachedOn).toEqual(['gpu-buffer']);
    expect(answers).toHaveLength(1);
    for (const { reused, anew } of answers) {
      expect(anew.length).toBeGreaterThan(1);
      expect(reused).toEqual(anew);
    }
  });
}
