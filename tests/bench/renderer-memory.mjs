import { readFileSync } from 'node:fs';

/**
 * Memory of the renderer processes of a browser, from /proc (Linux): resident now, and the most that it ever was.
 * @param {import('playwright').Browser} browser
 * @returns {Promise<{ readonly pid: number, readonly residentBytes: number, readonly peakBytes: number }[]>}
 */
export async function rendererMemory(browser) {
  const client = await browser.newBrowserCDPSession();
  const { processInfo } = await client.send('SystemInfo.getProcessInfo');
  await client.detach();
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .flatMap(({ id }) => {
      const status = statusOf(id);
      if (status === undefined) return [];
      return [
        { pid: id, residentBytes: field(status, 'VmRSS'), peakBytes: field(status, 'VmHWM') },
      ];
    });
}

/** The largest of them: the page with the workers, whose memory is its process's. @param {import('playwright').Browser} browser */
export async function largestRenderer(browser) {
  const all = await rendererMemory(browser);
  const [largest] = all.sort((a, b) => b.peakBytes - a.peakBytes);
  return largest ?? { pid: NaN, residentBytes: NaN, peakBytes: NaN };
}

/** @param {number} pid @returns {string | undefined} a process may have ended meanwhile */
function statusOf(pid) {
  try {
    return readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {string} status @param {string} name @returns {number} bytes */
function field(status, name) {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'mu').exec(status)?.[1] ?? NaN) * 1024;
}
