import { join } from 'node:path';
import { build } from 'vite';

import { ROOT } from '../../scripts/paths.mjs';
import { startServer } from '../../scripts/serve.mjs';

/**
 * Builds the page that downloads models without a screen, and serves it as the app is served, with the app's policy.
 * @returns {Promise<Awaited<ReturnType<typeof startServer>>>}
 */
export async function startDownloadsPage() {
  const outDir = join(ROOT, '.cache', 'downloads');
  await build({
    root: join(ROOT, 'tests', 'downloads', 'page'),
    // The app's own configuration would install a service worker besides.
    configFile: false,
    base: './',
    publicDir: join(ROOT, 'public'),
    resolve: {
      // As in vite.config.ts: onnxruntime-web then loads its glue from where the page says.
      conditions: ['onnxruntime-web-use-extern-wasm', 'browser', 'module', 'import'],
    },
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 1500 },
    logLevel: 'warn',
  });
  return startServer({ root: outDir });
}
