import { expect, test } from 'vitest';

import {
  brokenRow,
  median,
  rowCells,
  rowResult,
  rowResults,
} from '../../../scripts/bench-rows.mjs';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[10, 9], 9.5],
  [[7], 7],
])('the median of %j is %d', (samples, expected) => {
  expect(median(samples)).toBe(expected);
});

test('a row passes at its bar and is below beyond it', () => {
  const row = { name: 'load', bar: 1.15 };
  expect(rowResult(row, { ours: [115, 90, 200], baseline: [100] }).verdict).toBe('PASS');
  expect(rowResult(row, { ours: 116, baseline: 100 }).verdict).toBe('BELOW');
});

test('a row without a bar only informs', () => {
  expect(rowResult({ name: 'memory', bar: null }, { ours: 9, baseline: 1 }).verdict).toBe('INFO');
});

test("a row's own ratio, e.g. of paired runs, stands", () => {
  const measured = { ours: 10, baseline: 1, ratio: 1.02 };
  expect(rowResult({ name: 'run', bar: 1.05 }, measured)).toMatchObject({
    ratio: 1.02,
    verdict: 'PASS',
  });
});

test('a row that broke, or measured nothing, is below', () => {
  expect(brokenRow({ name: 'run', bar: null }, 'it broke').verdict).toBe('BELOW');
  expect(rowResult({ name: 'run', bar: 1 }, { ours: [], baseline: 1 }).verdict).toBe('BELOW');
});

test('the cells of a row are short numbers', () => {
  const result = rowResult({ name: 'load', bar: 1.15 }, { ours: 1234.567, baseline: 3000 });
  expect(rowCells(result)).toEqual(['PASS', 'load', '1235', '3000', '0.4115', '1.15', '']);
});

test('a module that measures several things has a row for each, with its own bar or none', () => {
  const measured = [
    { name: 'one', bar: 0.5, ours: 1, baseline: 4 },
    { name: 'two', bar: null, ours: 3, baseline: 1 },
    { ours: 3, baseline: 1 },
  ];
  const results = rowResults({ name: 'all', bar: 1 }, measured);
  expect(results.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
    'one PASS',
    'two INFO',
    'all BELOW',
  ]);
});
