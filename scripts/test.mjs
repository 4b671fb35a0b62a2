// npm test: installs what is missing, runs every check and test, and ends with the line
// "N passed, N failed". One part of it: npm test -- check, unit, e2e or webgpu.
import './require-node.mjs';

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { ensureInstalled } from './install.mjs';
import { ensureChromium } from './install-chromium.mjs';
import { ROOT } from './paths.mjs';
import { errorText, say } from './problem.mjs';
import { tableLines } from './table.mjs';
import { closingLine, sumCounts } from './test-counts.mjs';
import { failure, PARTS, planSteps } from './test-steps.mjs';

/** @typedef {import('./test-steps.mjs').StepResult & { name: string, seconds: number }} Row */

/**
 * Runs one thing, times it, and turns whatever it throws into a failed row.
 * @param {string} name
 * @param {() => Promise<import('./test-steps.mjs').StepResult>} run
 * @returns {Promise<Row>}
 */
async function timed(name, run) {
  say(`\n== ${name} ==`);
  const startedMs = Date.now();
  const result = await run().catch((/** @type {unknown} */ error) => {
    const text = errorText(error);
    say(text);
    return failure(text.split('\n', 1)[0] ?? '');
  });
  const row = { name, seconds: (Date.now() - startedMs) / 1000, ...result };
  const note = row.note === '' ? '' : ` (${row.note})`;
  say(`-- ${name}: ${closingLine(row)}, ${row.seconds.toFixed(1)} s${note}`);
  return row;
}

/**
 * @param {string | undefined} part
 * @param {string} reports
 * @returns {Promise<Row[]>}
 */
async function runSteps(part, reports) {
  const install = await timed('install', async () => {
    await ensureInstalled(ROOT);
    return { passed: 0, failed: 0, skipped: 0, note: '' };
  });
  if (install.failed > 0) return [install];

  const rows = [install];
  /** @type {Promise<string> | undefined} */
  let browser;
  // Looked for, and installed, when the first lane needs it; a failure is the same for the next lane.
  const chromium = () => (browser = browser ?? ensureChromium(ROOT));
  const context = { root: ROOT, reports, chromium };
  let isBuilt = true;
  for (const { name, needsBuild = false, run } of planSteps(ROOT, part)) {
    /** @type {Row} */
    const row =
      needsBuild && !isBuilt
        ? { name, seconds: 0, ...failure('not run: there is no build') }
        : await timed(name, () => run(context));
    if (name === 'build') isBuilt = row.failed === 0;
    rows.push(row);
  }
  return rows;
}

/** @param {readonly Row[]} rows */
function printSummary(rows) {
  const cells = rows.map((row) => [
    row.name,
    row.seconds.toFixed(1),
    ...[row.passed, row.failed, row.skipped].map(String),
    row.note,
  ]);
  say('');
  for (const line of tableLines(['step', 'seconds', 'passed', 'failed', 'skipped', ''], cells)) {
    say(line);
  }
  const total = sumCounts(rows);
  if (total.failed > 0) process.exitCode = 1;
  say('');
  say(closingLine(total));
}

async function main() {
  const [part, ...rest] = process.argv.slice(2);
  if (rest.length > 0 || (part !== undefined && !PARTS.includes(part))) {
    say(`Usage: npm test, or for one part of it: npm test -- ${PARTS.join('|')}`);
    process.exitCode = 2;
    return;
  }
  const reports = mkdtempSync(join(tmpdir(), 'vlm-test-'));
  process.once('exit', () => rmSync(reports, { recursive: true, force: true }));
  printSummary(await runSteps(part, reports));
}

await main();
