import { expect, test } from 'vitest';
import { reliabilityOf, reliabilityTable } from '../../../src/evaluation/reliability';

const forecast = (probability: number, isTrue: boolean) => ({ probability, isTrue });

test('the area under the curve is the share of pairs in the right order, equal ones counting half', () => {
  const forecasts = [
    forecast(0.9, true),
    forecast(0.6, true),
    forecast(0.6, false),
    forecast(0.2, false),
    forecast(0.1, true),
  ];
  // Pairs of a true and a false one: 0.9 wins two; 0.6 wins one and halves one; 0.1 loses two.
  expect(reliabilityOf('one', forecasts).auc).toBeCloseTo(3.5 / 6, 12);
  expect(reliabilityOf('one', forecasts.slice(0, 2)).auc).toBeNaN();
});

test('bins tell what was said and what came, errors are weighed by what is in them', () => {
  const { bins, brier, calibrationError } = reliabilityOf('one', [
    forecast(0.7, true),
    forecast(0.75, true),
    forecast(0.75, false),
    forecast(1, true),
    forecast(0, false),
  ]);
  expect(bins.map(({ from, count }) => [from, count])).toEqual([
    [0, 1],
    [0.7, 3],
    [0.9, 1],
  ]);
  expect(bins[1]?.said).toBeCloseTo(2.2 / 3, 12);
  expect(bins[1]?.came).toBeCloseTo(2 / 3, 12);
  expect(brier).toBeCloseTo((0.09 + 0.0625 + 0.5625) / 5, 12);
  expect(calibrationError).toBeCloseTo((3 * (2.2 / 3 - 2 / 3)) / 5, 12);
});

test('every bin stands in its own column', () => {
  const all = Array.from({ length: 10 }, (_, index) => forecast(index / 10, index > 4));
  const [, , row = ''] = reliabilityTable([reliabilityOf('one', all)]).split('\n');
  expect(row.split('|').map((cell) => cell.trim())).toEqual([
    '',
    'one',
    ...Array.from({ length: 5 }, () => '0 (1)'),
    ...Array.from({ length: 5 }, () => '100 (1)'),
    '10',
    '1.000',
    '0.085',
    '0.250',
    '',
  ]);
});
