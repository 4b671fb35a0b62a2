import { spawn } from 'node:child_process';
import process from 'node:process';

/**
 * The command that opens a page in the desktop's browser, or undefined where there is no desktop.
 * @param {string} url
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {[command: string, args: string[]] | undefined}
 */
export function openCommand(url, env, platform) {
  if (isSet(env['CI'])) return undefined;
  if (platform === 'darwin') return ['open', [url]];
  if (platform === 'win32') return ['cmd', ['/c', 'start', '', url]];
  return isSet(env['DISPLAY']) || isSet(env['WAYLAND_DISPLAY']) ? ['xdg-open', [url]] : undefined;
}

/**
 * Opens a page where there is a desktop; that it could not is no failure, the URL is printed anyway.
 * @param {string} url
 */
export function openBrowser(url) {
  const command = openCommand(url, process.env, process.platform);
  if (command === undefined) return;
  const child = spawn(command[0], command[1], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}

/** @param {string | undefined} value */
function isSet(value) {
  return value !== undefined && value !== '';
}
