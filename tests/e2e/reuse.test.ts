import { expect, test } from '@playwright/test';
import { startBenchPage } from '../bench/bench-page.mjs';

const MODELS = ['embedded/mini-qwen2-vl', 'embedded/mini-phi3-v', 'embedded/mini-moondream'];

test('text from the cached prefix is the text without it, for every embedded model', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const server = await startBenchPage();
  try {
    await page.goto(server.url);
    for (const id of MODELS) {
      const { answers } = await page.evaluate((modelId) => globalThis.bench.reuse(modelId), id);
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

test('a worker prepares the next picture, is interrupted and goes on, and frees what it makes', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const server = await startBenchPage();
  try {
    await page.goto(server.url);
    const found = await page.evaluate(async ([modelId]) => {
      const { overlap, stopping, openCells, cellsUpTo, agentBytes, cellTensors, closeCells } =
        globalThis.bench;
      const ahead = { modelIds: [modelId!], pictures: 3, prompts: 1, repeats: 1 };
      const { pairs } = await overlap(ahead);
      const stops = await stopping(modelId!, { tries: 3, withinMs: 300, seed: 0.4 });
      await openCells([modelId!]);
      const tensors = [];
      for (const count of [8, 24]) {
        await cellsUpTo(count);
        await agentBytes();
        tensors.push(...(await cellTensors()));
      }
      closeCells();
      return { pairs, stops, tensors };
    }, MODELS);
    expect(found.pairs).toEqual([expect.objectContaining({ isSameText: true })]);
    // Each call ended, and the next look and answer came from the same worker.
    expect(found.stops.every(({ nextMs }) => nextMs > 0)).toBe(true);
    const [early, late] = found.tensors;
    expect(late).toEqual({ ...early!, live: late!.live });
    expect(late!.live).toBeLessThan(early!.live * 1.5);
  } finally {
    await server.close();
  }
});
