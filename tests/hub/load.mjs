import { fileURLToPath } from 'node:url';

import { runnerImport } from 'vite';

/**
 * The server's module for scripts that node runs: it is TypeScript, which Vite compiles on the way.
 * @returns {Promise<typeof import('./index')>}
 */
export async function loadHub() {
  const entry = fileURLToPath(new URL('./index.ts', import.meta.url));
  const { module } = await runnerImport(entry, { configFile: false, logLevel: 'error' });
  return /** @type {typeof import('./index')} */ (module);
}
