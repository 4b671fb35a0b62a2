// npm start: installs and builds what is missing, serves the app, and opens it where there is a desktop.
// Options, after `--`: --port N (the next free one if it is taken), --host ADDRESS, --no-open.
import './require-node.mjs';

import util from 'node:util';

import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { openBrowser } from './open-browser.mjs';
import { DIST, ROOT } from './paths.mjs';
import { Problem, runMain, say } from './problem.mjs';
import { closeOnSignal, isPortTaken, listenProblem, parsePort, startServer } from './serve.mjs';

const PORTS_TRIED = 50;

/** @returns {{ port: number, host: string, open: boolean }} */
function parseOptions() {
  try {
    const { values } = util.parseArgs({
      options: {
        port: { type: 'string', default: '4173' },
        host: { type: 'string', default: '127.0.0.1' },
        'no-open': { type: 'boolean', default: false },
      },
    });
    return { port: parsePort(values.port), host: values.host, open: !values['no-open'] };
  } catch (error) {
    if (error instanceof Problem) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(`${reason}\nUsage: npm start -- [--port N] [--host ADDRESS] [--no-open]`);
  }
}

/**
 * Serves dist at the first free port from the wanted one on.
 * @param {number} wanted
 * @param {string} host
 */
async function serveAtFreePort(wanted, host) {
  const last = Math.min(wanted + PORTS_TRIED, 65_535);
  for (let port = wanted; port <= last; port += 1) {
    try {
      return await startServer({ root: DIST, port, host });
    } catch (error) {
      if (!isPortTaken(error)) throw listenProblem(error, host, port);
    }
  }
  throw new Problem(`No port from ${String(wanted)} to ${String(last)} is free.`);
}

async function main() {
  const { port, host, open } = parseOptions();
  await ensureInstalled(ROOT);
  await ensureBuilt(ROOT);
  const server = await serveAtFreePort(port, host);
  closeOnSignal(server);
  if (port !== 0 && server.port !== port) {
    say(`Port ${String(port)} is taken; using ${String(server.port)}.`);
  }
  say(`\n  Ctrl-C stops it; "npm start -- --port 8080" takes another port.\n`);
  say(`  VLM Image Analysis: ${server.url}\n`);
  if (open) openBrowser(server.url);
}

await runMain(main);
