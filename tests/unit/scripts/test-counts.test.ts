import { expect, test } from 'vitest';

import {
  closingLine,
  laneCounts,
  playwrightCounts,
  sumCounts,
  vitestCounts,
} from '../../../scripts/test-counts.mjs';

const green = { code: 0, timedOut: false };

test('the closing line names what was skipped only if something was', () => {
  expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(closingLine({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped');
});

test('the closing line of all steps is their sum', () => {
  const unit = { passed: 200, failed: 0, skipped: 1 };
  const check = { passed: 0, failed: 1, skipped: 0 };
  expect(closingLine(sumCounts([unit, check]))).toBe('200 passed, 1 failed, 1 skipped');
  expect(closingLine(sumCounts([]))).toBe('0 passed, 0 failed');
});

test('a report of Vitest is counted, todo as skipped', () => {
  const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
  expect(vitestCounts(report)).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

test('a report of Playwright is counted, flaky as failed', () => {
  const report = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } };
  expect(playwrightCounts(report)).toEqual({ passed: 4, failed: 2, skipped: 2 });
});

test.each([undefined, null, 'text', {}, { stats: null }])('no tests are read from %j', (report) => {
  expect(vitestCounts(report)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  expect(playwrightCounts(report)).toEqual({ passed: 0, failed: 0, skipped: 0 });
});

test('a green lane counts as its report says', () => {
  const counts = { passed: 3, failed: 0, skipped: 1 };
  expect(laneCounts(counts, green)).toEqual({ ...counts, note: '' });
});

test('a lane that found no tests is a failed one', () => {
  const result = laneCounts({ passed: 0, failed: 0, skipped: 0 }, green);
  expect(result).toEqual({ passed: 0, failed: 1, skipped: 0, note: 'found no tests' });
});

test('a lane without a report is a failed one', () => {
  expect(laneCounts(undefined, { code: 1, timedOut: false }).failed).toBe(1);
});

test('a lane that fails outside its tests, e.g. in a file that does not load, is a failed one', () => {
  const counts = { passed: 3, failed: 0, skipped: 0 };
  expect(laneCounts(counts, { code: 1, timedOut: false })).toMatchObject({ passed: 3, failed: 1 });
});

test('failed tests are not counted twice', () => {
  const counts = { passed: 3, failed: 2, skipped: 0 };
  expect(laneCounts(counts, { code: 1, timedOut: false })).toEqual({ ...counts, note: '' });
});

test('a lane that was stopped is a failed one, and says so', () => {
  const result = laneCounts({ passed: 3, failed: 0, skipped: 0 }, { code: 0, timedOut: true });
  expect(result).toMatchObject({ failed: 1, note: 'stopped: over its time limit' });
});
