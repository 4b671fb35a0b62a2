// npm run evaluate: does the judge beat the best single model? Runs the built app in Chromium on drawn pictures whose
// truth is known. Options: --seed N, --images N, --style NAME[,NAME] (default: mix,unseen), --out FOLDER;
// --folder FOLDER: verdicts on pictures of one's own instead.
import './require-node.mjs';

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { ensureBuilt } from './build.mjs';
import { chromiumArgs } from './chromium.mjs';
import { runCommand } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureChromium } from './install-chromium.mjs';
import { DIST, ROOT } from './paths.mjs';
import { Problem, runMain } from './problem.mjs';
import { startServer } from './serve.mjs';

const TRAINING = join(ROOT, 'training');

async function main() {
  await ensureInstalled(ROOT);
  const tsx = join(TRAINING, 'node_modules', '.bin', 'tsx');
  if (!existsSync(tsx)) {
    const { code } = await runCommand('npm', ['ci', '--prefix', TRAINING], { cwd: ROOT });
    if (code !== 0)
      throw new Problem('The packages that draw the pictures could not be installed.');
  }
  await ensureBuilt(ROOT);
  const executablePath = await ensureChromium(ROOT);
  // One port for all times: the browser keeps the work of a run that was killed by the page's address.
  const server = await startServer({ root: DIST, port: 4179 });
  try {
    const given = ['--root', ROOT, '--url', server.url, '--chromium', executablePath];
    const args = ['--args', JSON.stringify(chromiumArgs({ webgpu: false }))];
    const script = join(ROOT, 'tests', 'evaluate', 'main.ts');
    const { code } = await runCommand(tsx, [script, ...given, ...args, ...process.argv.slice(2)], {
      cwd: ROOT,
    });
    if (code !== 0) process.exitCode = 1;
  } finally {
    await server.close();
  }
}

await runMain(main);
