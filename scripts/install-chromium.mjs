import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

import { findChromium } from './chromium.mjs';
import { runCommand } from './command.mjs';
import { Problem, say } from './problem.mjs';

const APT_LIMIT_MS = 10 * 60_000;
const OR_ELSE = 'Or set CHROMIUM to the path of a Chromium or Chrome.';

/**
 * The path of a Chromium that starts; installs Debian's package where there is none.
 * @param {string} root
 * @returns {Promise<string>}
 */
export async function ensureChromium(root) {
  const found = findChromium(process.env, starts);
  if (found !== undefined) return found;
  const wanted = process.env['CHROMIUM'];
  if (wanted !== undefined && wanted !== '') {
    throw new Problem(`CHROMIUM is set to ${wanted}, which does not start.`);
  }
  await aptInstall(root);
  const installed = findChromium(process.env, starts);
  if (installed !== undefined) return installed;
  throw new Problem(`The package chromium was installed, but no Chromium starts. ${OR_ELSE}`);
}

/**
 * Whether a path is a browser, and not, say, Ubuntu's placeholder that only names a snap.
 * @param {string} path
 */
function starts(path) {
  return existsSync(path) && succeeds(path, ['--version']);
}

/** @param {string} root */
async function aptInstall(root) {
  if (!existsSync('/usr/bin/apt-get')) {
    throw new Problem(`The browser tests need Chromium: install Chromium or Chrome. ${OR_ELSE}`);
  }
  const prefix = rootPrefix();
  if (prefix === undefined) {
    throw new Problem(
      'The browser tests need Chromium, and installing it needs root: ' +
        `run "sudo apt-get install chromium" first. ${OR_ELSE}`,
    );
  }
  say('No Chromium found: installing the package chromium with apt-get …');
  // An old package list names files that the mirror no longer has. If updating fails, e.g. for one of
  // several sources, the install still tells whether the package can be had.
  await apt(root, prefix, ['update']);
  // fonts-liberation: without it, pages are measured in whatever font happens to be there.
  const packages = ['chromium', 'fonts-liberation'];
  const code = await apt(root, prefix, ['install', '-y', '--no-install-recommends', ...packages]);
  if (code !== 0) {
    throw new Problem(`apt-get could not install chromium; its messages are above. ${OR_ELSE}`);
  }
}

/**
 * @param {string} root
 * @param {readonly string[]} prefix
 * @param {readonly string[]} args
 */
async function apt(root, prefix, args) {
  const line = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  const [command = '', ...rest] = line;
  const { code, timedOut } = await runCommand(command, rest, { cwd: root, limitMs: APT_LIMIT_MS });
  return timedOut ? 1 : code;
}

/**
 * What to put before a command so that it runs as root; undefined if that takes a password.
 * @returns {string[] | undefined}
 */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return succeeds('sudo', ['-n', 'true']) ? ['sudo', '-n'] : undefined;
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;
}
