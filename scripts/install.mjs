import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { npmCommand, runCommand } from './command.mjs';
import { Problem, say } from './problem.mjs';

/** Lies inside node_modules, so that it goes when that folder goes. */
const STAMP = join('node_modules', '.lock-hash');

/**
 * @typedef {object} LockFile
 * @property {Record<string, { version?: string, resolved?: string, optional?: boolean }>} packages
 */

/**
 * Whether node_modules holds what the lock file asks for.
 * @param {string} root
 */
export function isInstalled(root) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  if (contentOf(join(root, STAMP)) === hashOf(lock)) return true;
  const record = contentOf(join(root, 'node_modules', '.package-lock.json'));
  return record !== undefined && holdsAll(JSON.parse(record), JSON.parse(lock));
}

/**
 * Runs `npm ci` where node_modules is missing or from another lock file.
 * @param {string} root
 * @param {{ limitMs?: number }} [options]
 */
export async function ensureInstalled(root, options = {}) {
  if (!isInstalled(root)) {
    say('Installing the packages with npm ci: needed once, a minute or so …');
    const [command, args] = npmCommand(['ci', '--include=dev', '--no-audit', '--no-fund']);
    const env = { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
    const { code, timedOut } = await runCommand(command, args, { cwd: root, env, ...options });
    if (timedOut) throw new Problem('npm ci took too long and was stopped. Try again.');
    if (code !== 0) {
      throw new Problem(
        `npm ci failed with exit code ${String(code)}; its messages are above. ` +
          'It needs npm, and a connection to the npm registry.',
      );
    }
  }
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  if (contentOf(join(root, STAMP)) !== hashOf(lock)) writeFileSync(join(root, STAMP), hashOf(lock));
}

/**
 * Whether npm's own record of the last install covers the lock file: an install by hand counts.
 * @param {LockFile} record
 * @param {LockFile} lock
 */
function holdsAll(record, lock) {
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true;
    const held = record.packages[path];
    if (held === undefined) return wanted.optional === true;
    return held.version === wanted.version && held.resolved === wanted.resolved;
  });
}

/** @param {string} text */
function hashOf(text) {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function contentOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
