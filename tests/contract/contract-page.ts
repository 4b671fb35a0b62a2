import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { build } from 'vite';
import { ROOT } from '../../scripts/paths.mjs';
import { startServer } from '../../scripts/serve.mjs';
import type { FixtureReport, FixtureRequest } from './fixture';
import { FIXTURES, readFixture } from './fixtures';

/** As in vite.config.ts: onnxruntime-web then loads its glue from where the page says. */
const conditions = ['onnxruntime-web-use-extern-wasm', 'browser', 'module', 'import'];

/** Builds the page that runs fixtures, with the fixtures beside it, and serves it as the app is served. */
export async function startContractPage(): ReturnType<typeof startServer> {
  const outDir = join(ROOT, '.cache', 'contract');
  await build({
    root: join(ROOT, 'tests', 'contract', 'page'),
    // The app's own configuration would install a service worker besides.
    configFile: false,
    base: './',
    publicDir: FIXTURES,
    resolve: { conditions },
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 1500 },
    logLevel: 'warn',
  });
  return startServer({ root: outDir });
}

/** Prompt, token ids and answer are those that Python computed from the same weights. */
export async function expectAnswer(
  page: Page,
  family: string,
  device: FixtureRequest['device'],
): Promise<void> {
  const { promptText, inputIds, tokens, answer } = readFixture(family).expected;
  const report: FixtureReport = await page.evaluate((request) => globalThis.contract.run(request), {
    family,
    device,
  });
  expect(report).toEqual({
    isModelClass: true,
    isProcessorClass: true,
    promptText,
    inputIds,
    tokens,
    answer,
  });
}
