import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The Chromium to test with: CHROMIUM if that is set (then only that), else the first of the system's
 * and Playwright's own.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {(path: string) => boolean} [isUsable]
 * @returns {string | undefined}
 */
export function findChromium(env = process.env, isUsable = existsSync) {
  const wanted = env['CHROMIUM'];
  const candidates =
    wanted !== undefined && wanted !== '' ? [wanted] : [...SYSTEM_PATHS, ...playwrightPaths()];
  return candidates.find((path) => isUsable(path));
}

/**
 * The switches Chromium is started with. The WebGPU lane uses SwiftShader, the software adapter that
 * comes with Chromium, so that it runs, and says the same, on a machine without a GPU.
 * @param {{ webgpu: boolean }} options
 * @returns {string[]}
 */
export function chromiumArgs({ webgpu }) {
  const gpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
  return ['--no-sandbox', ...(webgpu ? gpu : [])];
}

/** @returns {string[]} none before node_modules exist */
function playwrightPaths() {
  try {
    /** @type {typeof import('playwright')} */
    const playwright = createRequire(import.meta.url)('playwright');
    return [playwright.chromium.executablePath()];
  } catch {
    return [];
  }
}
