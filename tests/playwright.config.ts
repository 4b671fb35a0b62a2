import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { defineConfig, devices } from '@playwright/test';

import { chromiumArgs, findChromium } from '../scripts/chromium.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const port = Number(process.env.PORT ?? 4317);
const executablePath = findChromium();

/** A trace takes an eighth of the lane's time: `--trace on` beside the name of a test makes one. What a failure prints has the page as text. */
const trace = 'off';

/** What differs between the lanes is the folder, the time a test may take, and the adapter. */
function lane(name: string, folder: string, timeout: number, webgpu: boolean) {
  // A measurement of memory collects garbage first: at once, rather than when Chromium finds the time.
  const args = [...chromiumArgs({ webgpu }), '--enable-blink-features=ForceEagerMeasureMemory'];
  return {
    name,
    testDir: join(root, 'tests', folder),
    // A folder each, because a run empties those of its own projects.
    outputDir: join(root, 'test-results', name),
    timeout,
    use: {
      ...devices['Desktop Chrome'],
      headless: true,
      launchOptions: executablePath === undefined ? { args } : { args, executablePath },
    },
  };
}

export default defineConfig({
  outputDir: join(root, 'test-results'),
  projects: [lane('wasm', 'e2e', 120_000, false), lane('webgpu', 'webgpu', 240_000, true)],
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  use: { baseURL: `http://127.0.0.1:${String(port)}/`, trace },
  webServer: {
    command: `node scripts/serve.mjs --port ${String(port)}`,
    cwd: root,
    url: `http://127.0.0.1:${String(port)}/`,
    reuseExistingServer: false,
    timeout: 20_000,
  },
});
