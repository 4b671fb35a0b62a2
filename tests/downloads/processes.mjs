import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const KIB = 1024;

/**
 * Peak resident memory of a Chromium's processes since `resetPeaks`, in bytes, from Linux's /proc: of the largest renderer, and of
 * the browser's own process, which holds Blobs on their way to the disk.
 * @param {string} profile the folder that it was started with
 */
export function peakResident(profile) {
  const peaks = { renderer: 0, browser: 0 };
  for (const { pid, kind } of processesOf(profile)) {
    const status = read(`/proc/${pid}/status`);
    const bytes = Number(/^VmHWM:\s+(\d+) kB$/mu.exec(status)?.[1] ?? 0) * KIB;
    peaks[kind] = Math.max(peaks[kind], bytes);
  }
  return peaks;
}

/** @param {string} profile */
export function resetPeaks(profile) {
  // 5: the peak becomes what is resident now (man 5 proc).
  for (const { pid } of processesOf(profile)) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/**
 * @param {string} profile
 * @returns {{ pid: string, kind: 'renderer' | 'browser' }[]}
 */
function processesOf(profile) {
  /** @type {{ pid: string, kind: 'renderer' | 'browser' }[]} */
  const found = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
    const command = read(`/proc/${pid}/cmdline`);
    if (!command.includes(`--user-data-dir=${profile}`)) continue;
    if (command.includes('--type=renderer')) found.push({ pid, kind: 'renderer' });
    else if (!command.includes('--type=')) found.push({ pid, kind: 'browser' });
  }
  return found;
}

/** @param {string} path of a process that may have ended */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
