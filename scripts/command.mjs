import { spawn } from 'node:child_process';
import os from 'node:os';
import process from 'node:process';

/**
 * @typedef {object} Outcome
 * @property {number} code the exit code; 1 if a signal ended it, 127 if it could not be started
 * @property {boolean} timedOut
 */

/**
 * @typedef {object} CommandOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} [env] added to this process's environment
 * @property {number} [limitMs] how long it may run
 * @property {number} [graceMs] how long it may take to end after being asked to
 */

/** @type {NodeJS.Signals[]} */
const INTERRUPTIONS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command with its output streamed here. The command gets a process group of its own, so that
 * running over the limit, or Ctrl-C, ends whatever it has started as well.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<Outcome>}
 */
export function runCommand(command, args, { cwd, env = {}, limitMs, graceMs = 10_000 }) {
  const grouped = process.platform !== 'win32';
  const child = spawn(command, [...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: grouped,
    shell: !grouped && !command.endsWith('.exe'),
  });

  /** @param {NodeJS.Signals} signal */
  const signalAll = (signal) => {
    try {
      if (grouped && child.pid !== undefined) process.kill(-child.pid, signal);
      else child.kill(signal);
    } catch {
      // Nothing of it is running any more.
    }
  };

  let timedOut = false;
  /** @type {NodeJS.Signals | undefined} */
  let interruption;
  /** @type {NodeJS.Timeout[]} */
  const timers = [];
  const stop = () => {
    // SIGINT, because test runners answer it by closing their browsers and writing their report.
    signalAll('SIGINT');
    timers.push(setTimeout(() => signalAll('SIGKILL'), graceMs));
  };
  /** @param {NodeJS.Signals} signal */
  const interrupt = (signal) => {
    interruption = signal;
    stop();
  };
  for (const signal of INTERRUPTIONS) process.on(signal, interrupt);
  if (limitMs !== undefined) {
    timers.push(
      setTimeout(() => {
        timedOut = true;
        stop();
      }, limitMs),
    );
  }

  return new Promise((resolve) => {
    /** @param {number} code */
    const finish = (code) => {
      timers.forEach(clearTimeout);
      for (const signal of INTERRUPTIONS) process.off(signal, interrupt);
      if (timedOut || interruption !== undefined) signalAll('SIGKILL');
      if (interruption !== undefined) process.exit(128 + os.constants.signals[interruption]);
      resolve({ code, timedOut });
    };
    child.once('error', () => finish(127));
    child.once('exit', (code) => finish(code ?? 1));
  });
}

/**
 * The command line of npm: the very npm that runs this script, if one does.
 * @param {readonly string[]} args
 * @returns {[command: string, args: string[]]}
 */
export function npmCommand(args) {
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('npm-cli.js') === true) return [process.execPath, [cli, ...args]];
  return ['npm', [...args]];
}
