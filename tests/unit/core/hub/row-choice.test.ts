import { expect, test } from 'vitest';
import {
  chosenCount,
  chosenRows,
  rowSpans,
  type CountedChoice,
} from '../../../../src/core/hub/row-choice';

test.each<[string, CountedChoice, number, readonly number[]]>([
  ['from one to another', { kind: 'range', first: 2, last: 5, every: 1 }, 10, [2, 3, 4, 5]],
  ['every third', { kind: 'range', first: 1, last: 9, every: 3 }, 10, [1, 4, 7]],
  ['beyond the end', { kind: 'range', first: 8, last: 20, every: 1 }, 10, [8, 9]],
  ['after the end', { kind: 'range', first: 12, last: 20, every: 1 }, 10, []],
  ['more at random than there are', { kind: 'random', count: 9, seed: 1 }, 3, [0, 1, 2]],
  ['where nobody knows how many', { kind: 'range', first: 3, last: 4, every: 1 }, Infinity, [3, 4]],
])('%s', (_, choice, total, rows) => {
  expect([...chosenRows(choice, total)]).toEqual(rows);
  expect(chosenCount(choice, total)).toBe(rows.length);
});

test('a seed chooses the same rows, another seed others, none twice, in order', () => {
  const of = (seed: number) => [...chosenRows({ kind: 'random', count: 40, seed }, 593)];
  expect(of(7)).toEqual(of(7));
  expect(of(8)).not.toEqual(of(7));
  expect(new Set(of(7)).size).toBe(40);
  expect([...of(7)].sort((a, b) => a - b)).toEqual(of(7));
  expect(of(7).every((row) => row >= 0 && row < 593)).toBe(true);
});

test('rows are asked for together where few lie between, a hundred at most', () => {
  expect(rowSpans([0, 1, 5, 11, 30], { mostGap: 4 })).toEqual([
    { start: 0, length: 6, rows: [0, 1, 5] },
    { start: 11, length: 1, rows: [11] },
    { start: 30, length: 1, rows: [30] },
  ]);
  const many = rowSpans(Array.from({ length: 250 }, (_, row) => row));
  expect(many.map(({ start, length }) => [start, length])).toEqual([[0, 100], [100, 100], [200, 50]]); // prettier-ignore
});
