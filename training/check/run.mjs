/**
 * Runs embedded models in headless Chromium (WASM, one thread) and writes what they generated:
 *   node check/run.mjs --jobs work/check/jobs.json --models ../public/models --out work/check
 * A job: { name, family, prompts, picture, maxNewTokens }. `vlmkit/check.py` compares with Python.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer } from './server.mjs';

const require = createRequire(new URL('../../package.json', import.meta.url));
const { chromium } = require('playwright');

const { values } = parseArgs({
  options: {
    jobs: { type: 'string' },
    models: { type: 'string' },
    out: { type: 'string' },
    chromium: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
  },
});
const out = resolve(values.out);
const server = await startServer({ models: resolve(values.models), work: out });
const address = `http://127.0.0.1:${server.address().port}/`;

for (const job of JSON.parse(readFileSync(values.jobs, 'utf8'))) {
  // A new browser for each model: the peak memory belongs to it alone.
  const browser = await chromium.launch({ executablePath: values.chromium, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.goto(address);
  const memory = await watchRenderer(browser);
  const task = { ...job, dumpTo: `/${job.name}.pixels` };
  const result = await page.evaluate((value) => globalThis.runJob(value), task);
  const report = { job, ...result, renderer: memory.stop() };
  writeFileSync(join(out, `${job.name}.json`), JSON.stringify(report));
  console.log(job.name, result.error ?? JSON.stringify(result.milliseconds), report.renderer);
  await browser.close();
}
server.close();

/** Peak and start of the page process' resident memory in MB, read from /proc (Linux only). */
async function watchRenderer(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const read = () => Math.max(0, ...pids.map(residentMegabytes));
  const start = read();
  let peak = start;
  const timer = setInterval(() => {
    peak = Math.max(peak, read());
  }, 50);
  return {
    stop: () => {
      clearInterval(timer);
      return { startMB: start, peakMB: peak };
    },
  };
}

function residentMegabytes(pid) {
  if (!readdirSync('/proc').includes(String(pid))) return 0;
  const line = /VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return line === null ? 0 : Math.round(Number(line[1]) / 1024);
}
