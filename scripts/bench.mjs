// npm run bench: measures the built app in Chromium, row by row, against a baseline and a bar.
// A row is a module in tests/bench/rows; `npm run bench -- WORD` runs those whose name holds the word, `--quick` makes long ones short.
import './require-node.mjs';

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { brokenRow, rowCells, rowResults } from './bench-rows.mjs';
import { ensureBuilt } from './build.mjs';
import { chromiumArgs } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureChromium } from './install-chromium.mjs';
import { DIST, ROOT } from './paths.mjs';
import { errorText, Problem, runMain, say } from './problem.mjs';
import { startServer } from './serve.mjs';
import { tableLines } from './table.mjs';

const ROWS = join(ROOT, 'tests', 'bench', 'rows');

/**
 * @param {string} word
 * @returns {Promise<import('./bench-rows.mjs').BenchRow[]>}
 */
async function loadRows(word) {
  const files = existsSync(ROWS) ? readdirSync(ROWS).sort() : [];
  /** @type {import('./bench-rows.mjs').BenchRow[]} */
  const rows = [];
  for (const file of files) {
    if (file.endsWith('.mjs')) rows.push(await import(pathToFileURL(join(ROWS, file)).href));
  }
  return rows.filter((row) => row.name.includes(word));
}

/**
 * Runs a row in a browser of its own, so that no row finds the memory or the caches of another.
 * @param {import('./bench-rows.mjs').BenchRow} row
 * @param {string} executablePath
 * @param {string} url
 * @param {boolean} isQuick
 * @returns {Promise<import('./bench-rows.mjs').RowResult[]>}
 */
async function runRow(row, executablePath, url, isQuick) {
  const { chromium } = await import('playwright');
  const args = chromiumArgs({ webgpu: row.webgpu === true });
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    /** @param {string} line */
    const log = (line) => say(`   ${line}`);
    return rowResults(row, await row.run({ browser, page, url, isQuick, log }));
  } catch (error) {
    say(errorText(error));
    return [brokenRow(row, errorText(error).split('\n', 1)[0] ?? '')];
  } finally {
    await browser.close();
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    options: { quick: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [word = ''] = positionals;
  await ensureInstalled(ROOT);
  const rows = await loadRows(word);
  if (rows.length === 0) throw new Problem('There is no such row in tests/bench/rows.');
  await ensureBuilt(ROOT);
  const executablePath = await ensureChromium(ROOT);
  const server = await startServer({ root: DIST });
  const results = [];
  try {
    for (const row of rows) {
      say(`== ${row.name} ==`);
      results.push(...(await runRow(row, executablePath, server.url, values.quick)));
    }
  } finally {
    await server.close();
  }
  const head = ['', 'row', 'ours', 'baseline', 'ratio', 'bar', ''];
  say('\nMedians; the ratio is to be at most the bar.\n');
  for (const line of tableLines(head, results.map(rowCells))) say(line);
  const below = results.filter((result) => result.verdict === 'BELOW').length;
  say(`\n${String(results.length)} rows, ${String(below)} below their bar`);
  if (below > 0) process.exitCode = 1;
}

await runMain(main);
