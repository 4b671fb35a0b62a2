import { join } from 'node:path';
import { build } from 'vite';

import { ROOT } from '../../scripts/paths.mjs';
import { startServer } from '../../scripts/serve.mjs';

/**
 * Builds the bench page (the app's engine and the plain loop, no screen) and serves it as the app is served.
 * @returns {Promise<Awaited<ReturnType<typeof startServer>>>}
 */
export async function startBenchPage() {
  const outDir = join(ROOT, '.cache', 'bench');
  await build({
    root: join(ROOT, 'tests', 'bench', 'page'),
    configFile: join(ROOT, 'vite.config.ts'),
    publicDir: join(ROOT, 'public'),
    build: { outDir, emptyOutDir: true },
    logLevel: 'warn',
  });
  return startServer({ root: outDir });
}
