import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { ensureBuilt } from './build.mjs';
import { npmCommand, runCommand } from './command.mjs';
import { FIRST_PAINT_BUDGET_BYTES, measureFirstPaint } from './first-paint.mjs';
import { say } from './problem.mjs';
import { laneCounts, playwrightCounts, reportAt, vitestCounts } from './test-counts.mjs';

/**
 * @typedef {object} Context
 * @property {string} root
 * @property {string} reports a folder for the reports of the test runners
 * @property {() => Promise<string>} chromium the browser's path; throws a Problem if there is none
 */

/** @typedef {import('./test-counts.mjs').Counts & { note: string }} StepResult */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {boolean} [needsBuild]
 * @property {(context: Context) => Promise<StepResult>} run
 */

/** The parts that `npm test -- PART` runs alone. */
export const PARTS = ['check', 'unit', 'e2e', 'webgpu'];

const MINUTE_MS = 60_000;

/**
 * The steps of one part, or of all, in the order they run.
 * @param {string} root
 * @param {string | undefined} part
 * @returns {Step[]}
 */
export function planSteps(root, part) {
  const build = { name: 'build', run: runBuild };
  const size = { name: 'size budget', needsBuild: true, run: runSizeBudget };
  const e2e = browserLane('e2e', 'wasm', 20 * MINUTE_MS);
  const webgpu = browserLane('webgpu', 'webgpu', 8 * MINUTE_MS);
  if (part === 'check') return checkSteps(root);
  if (part === 'unit') return [{ name: 'unit', run: runUnit }];
  if (part === 'e2e') return [build, e2e];
  if (part === 'webgpu') return [build, webgpu];
  return [...checkSteps(root), { name: 'unit', run: runUnit }, build, size, e2e, webgpu];
}

/**
 * The scripts that `npm run check` is made of, one step each, so that a failing one hides no other.
 * @param {string} root
 * @returns {Step[]}
 */
function checkSteps(root) {
  /** @type {{ scripts: Record<string, string> }} */
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const names = Object.keys(scripts).filter((name) => name.startsWith('check:'));
  return names.map((name) => ({
    name: name.replace(':', ' '),
    run: async () => {
      const [command, args] = npmCommand(['run', '--silent', name]);
      const outcome = await runCommand(command, args, { cwd: root, limitMs: 5 * MINUTE_MS });
      return outcome.timedOut ? failure('stopped: over its time limit') : oneTest(outcome.code);
    },
  }));
}

/**
 * @param {Context} context
 * @returns {Promise<StepResult>}
 */
async function runUnit({ root, reports }) {
  const report = join(reports, 'unit.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const outcome = await runCommand(
    process.execPath,
    [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: root, limitMs: 5 * MINUTE_MS },
  );
  const parsed = reportAt(report);
  return laneCounts(parsed === undefined ? undefined : vitestCounts(parsed), outcome);
}

/**
 * @param {Context} context
 * @returns {Promise<StepResult>}
 */
async function runBuild({ root }) {
  return { ...oneTest(0), note: await ensureBuilt(root, { limitMs: 5 * MINUTE_MS }) };
}

/**
 * @param {Context} context
 * @returns {Promise<StepResult>}
 */
function runSizeBudget({ root }) {
  const { files, gzipBytes } = measureFirstPaint(join(root, 'dist'));
  for (const file of files) say(`${String(file.gzipBytes).padStart(8)} bytes gzip  ${file.path}`);
  const kilobytes = `${(gzipBytes / 1000).toFixed(1)} of ${String(FIRST_PAINT_BUDGET_BYTES / 1000)} kB`;
  say(`First-paint script, compressed: ${kilobytes}`);
  const fits = gzipBytes < FIRST_PAINT_BUDGET_BYTES;
  return Promise.resolve({ ...oneTest(fits ? 0 : 1), note: kilobytes });
}

/**
 * @param {string} name
 * @param {string} project its name in tests/playwright.config.ts
 * @param {number} limitMs
 * @returns {Step}
 */
function browserLane(name, project, limitMs) {
  return {
    name,
    needsBuild: true,
    run: async ({ root, reports, chromium }) => {
      const report = join(reports, `${project}.json`);
      const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
      const config = join('tests', 'playwright.config.ts');
      const env = { CHROMIUM: await chromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: report };
      const outcome = await runCommand(
        process.execPath,
        [cli, 'test', '-c', config, `--project=${project}`, '--reporter=list,json'],
        { cwd: root, env, limitMs },
      );
      const parsed = reportAt(report);
      return laneCounts(parsed === undefined ? undefined : playwrightCounts(parsed), outcome);
    },
  };
}

/**
 * A step that counts as one test.
 * @param {number} code
 * @returns {StepResult}
 */
function oneTest(code) {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0, note: '' } : failure('');
}

/**
 * A step that counts as one failed test.
 * @param {string} note
 * @returns {StepResult}
 */
export function failure(note) {
  return { passed: 0, failed: 1, skipped: 0, note };
}
