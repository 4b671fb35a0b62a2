import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * The very last line of `npm test`.
 * @param {Counts} counts
 * @returns {string}
 */
export function closingLine({ passed, failed, skipped }) {
  const line = `${String(passed)} passed, ${String(failed)} failed`;
  return skipped > 0 ? `${line}, ${String(skipped)} skipped` : line;
}

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export function sumCounts(all) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of all) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/**
 * The counts in the report of Vitest's JSON reporter.
 * @param {unknown} report
 * @returns {Counts}
 */
export function vitestCounts(report) {
  return {
    passed: numberIn(report, 'numPassedTests'),
    failed: numberIn(report, 'numFailedTests'),
    skipped: numberIn(report, 'numPendingTests') + numberIn(report, 'numTodoTests'),
  };
}

/**
 * The counts in the report of Playwright's JSON reporter; a flaky test is a failed one.
 * @param {unknown} report
 * @returns {Counts}
 */
export function playwrightCounts(report) {
  const stats = isRecord(report) ? report['stats'] : undefined;
  return {
    passed: numberIn(stats, 'expected'),
    failed: numberIn(stats, 'unexpected') + numberIn(stats, 'flaky'),
    skipped: numberIn(stats, 'skipped'),
  };
}

/**
 * What a lane counts for. One that failed as a whole (a file that does not load, a time limit) or that
 * found no tests counts as at least one failure, whatever its report says.
 * @param {Counts | undefined} reported undefined if there is no readable report
 * @param {{ code: number, timedOut: boolean }} outcome
 * @returns {Counts & { note: string }}
 */
export function laneCounts(reported, { code, timedOut }) {
  const counts = reported ?? { passed: 0, failed: 0, skipped: 0 };
  const failedWhole = { ...counts, failed: Math.max(counts.failed, 1) };
  if (timedOut) return { ...failedWhole, note: 'stopped: over its time limit' };
  if (reported === undefined) return { ...failedWhole, note: `no report, exit ${String(code)}` };
  if (counts.passed + counts.failed + counts.skipped === 0) {
    return { ...failedWhole, note: 'found no tests' };
  }
  if (code !== 0) {
    const note = counts.failed === 0 ? `no test failed, but exit ${String(code)}` : '';
    return { ...failedWhole, note };
  }
  return { ...counts, note: '' };
}

/**
 * The JSON in a file, or undefined if there is none.
 * @param {string} path
 * @returns {unknown}
 */
export function reportAt(path) {
  try {
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isRecord(value) {
  return typeof value === 'object' && value !== null;
}

/**
 * @param {unknown} record
 * @param {string} key
 */
function numberIn(record, key) {
  const value = isRecord(record) ? record[key] : undefined;
  return typeof value === 'number' ? value : 0;
}
