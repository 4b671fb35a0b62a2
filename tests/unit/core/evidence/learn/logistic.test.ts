import { expect, test } from 'vitest';
import { fitted, type Row } from '../../../../../src/core/evidence/learn/logistic';

const row = (terms: Row['terms'], yes: number, no: number, offset = 0): Row => ({
  terms,
  offset,
  yes,
  no,
});
const logit = (p: number): number => Math.log(p / (1 - p));

test('one weight is the log odds of its share, above what is known already', () => {
  expect(fitted([row([[0, 1]], 30, 10)], [0])[0]).toBeCloseTo(logit(0.75), 6);
  expect(fitted([row([[0, 1]], 30, 10, 0.5)], [0])[0]).toBeCloseTo(logit(0.75) - 0.5, 6);
  expect(fitted([row([[0, 2]], 30, 10)], [0])[0]).toBeCloseTo(logit(0.75) / 2, 6);
});

test('two that always speak together share what they are worth', () => {
  const rows = [
    row([[0, 1], [1, 1]], 90, 10), // prettier-ignore
    row([[0, 1]], 5, 5),
    row([[1, 1]], 5, 5),
  ];
  const [one = 0, other = 0] = fitted(rows, [0.3, -2]);
  expect(one).toBeCloseTo(other, 6);
  expect(one).toBeGreaterThan(0.5);
  expect(one + other).toBeLessThan(logit(0.9));
});

test('the slope is zero at the end, from wherever it starts', () => {
  const rows = [
    row([[0, 1], [1, -2.2]], 3, 40, 0.7), // prettier-ignore
    row([[1, 2.2]], 11, 2),
    row([[0, 1], [2, 1]], 0.05, 500), // prettier-ignore
    ...[0, 1, 2].map((at) => row([[at, 1]], 30, 20)),
  ];
  for (const start of [
    [0, 0, 0],
    [9, -9, 9],
    [-30, 30, -30],
  ]) {
    // prettier-ignore
    const weights = fitted(rows, start);
    for (const at of weights.keys()) {
      const slope = rows.reduce((sum, { terms, offset, yes, no }) => {
        const odds = terms.reduce((all, [k, by]) => all + by * weights[k]!, offset);
        const factor = terms.find(([k]) => k === at)?.[1] ?? 0;
        return sum + factor * ((yes + no) / (1 + Math.exp(-odds)) - yes);
      }, 0);
      expect(slope).toBeCloseTo(0, 3);
    }
  }
});
